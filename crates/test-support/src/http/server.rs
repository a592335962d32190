//! The server.

use super::{Request, Response};
use std::net::{TcpListener, TcpStream};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex};
use std::thread::{self, JoinHandle};

type Respond = dyn Fn(&Request) -> Response + Send + Sync;

/// A server on a free port, with one thread per connection. Dropping it closes the port.
pub struct Server {
    url: String,
    state: Arc<State>,
    accepting: Option<JoinHandle<()>>,
}

struct State {
    respond: Mutex<Arc<Respond>>,
    requests: Mutex<Vec<Request>>,
    stopped: AtomicBool,
}

impl Server {
    /// Starts a server that answers each request with the response from `respond`.
    pub fn new(respond: impl Fn(&Request) -> Response + Send + Sync + 'static) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let url = format!("http://{}", listener.local_addr().unwrap());
        let state = Arc::new(State {
            respond: Mutex::new(Arc::new(respond)),
            requests: Mutex::default(),
            stopped: AtomicBool::new(false),
        });
        let shared = Arc::clone(&state);
        let accepting = thread::spawn(move || {
            for stream in listener.incoming() {
                if shared.stopped.load(Ordering::SeqCst) {
                    return;
                }
                let (stream, state) = (stream.unwrap(), Arc::clone(&shared));
                thread::spawn(move || state.serve(&stream));
            }
        });
        Self { url, state, accepting: Some(accepting) }
    }

    /// Replaces the function that creates the responses.
    pub fn set(&self, respond: impl Fn(&Request) -> Response + Send + Sync + 'static) {
        *self.state.respond.lock().unwrap() = Arc::new(respond);
    }

    /// `http://127.0.0.1:PORT`.
    pub fn url(&self) -> &str {
        &self.url
    }

    /// `127.0.0.1:PORT`.
    pub fn host(&self) -> &str {
        self.url.trim_start_matches("http://")
    }

    /// All requests so far, in the order received. A request is recorded before its response is sent.
    pub fn requests(&self) -> Vec<Request> {
        self.state.requests.lock().unwrap().clone()
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        self.state.stopped.store(true, Ordering::SeqCst);
        // Wakes the accepting thread, which then releases the port.
        drop(TcpStream::connect(self.host()));
        if let Some(accepting) = self.accepting.take() {
            // A panic of the thread has already been printed.
            let _ = accepting.join();
        }
    }
}

impl State {
    fn serve(&self, stream: &TcpStream) {
        // A client may close the connection early; that is not an error of the server.
        let Ok(Some(request)) = Request::read(stream) else { return };
        self.requests.lock().unwrap().push(request.clone());
        let respond = Arc::clone(&self.respond.lock().unwrap());
        let _ = respond(&request).write(stream, &self.stopped);
    }
}

/// Responds with the first page whose suffix matches the path, and with 404 if none does.
pub fn pages<E: Into<String>>(
    pages: impl IntoIterator<Item = (E, Response)>,
) -> impl Fn(&Request) -> Response + Send + Sync + 'static {
    let pages: Vec<(String, Response)> =
        pages.into_iter().map(|(end, response)| (end.into(), response)).collect();
    move |request| {
        let page = pages.iter().find(|(end, _)| request.path.ends_with(end.as_str()));
        page.map_or_else(|| Response::status("404 Not Found"), |(_, response)| response.clone())
    }
}

#[cfg(test)]
mod tests {
    use super::super::Fault;
    use super::*;
    use std::io::{Read, Write};
    use std::time::{Duration, Instant};

    fn send(server: &Server, request: &str) -> String {
        let mut stream = TcpStream::connect(server.host()).unwrap();
        stream.write_all(request.as_bytes()).unwrap();
        let mut response = String::new();
        stream.read_to_string(&mut response).unwrap();
        response
    }

    #[test]
    fn requests_are_recorded_and_answered_by_path() {
        let server = Server::new(pages([
            ("/a?x=1", Response::ok("one").with_header("X-Test", "yes")),
            ("/b", Response::status("302 Found")),
        ]));
        let post = "POST /v1/a?x=1 HTTP/1.1\r\nX-Key: k\r\nContent-Length: 4\r\n\r\nbody";
        let response = send(&server, post);
        assert_eq!(response, "HTTP/1.1 200 OK\r\nX-Test: yes\r\nContent-Length: 3\r\n\r\none");
        let get = |path: &str| send(&server, &format!("GET {path} HTTP/1.1\r\n\r\n"));
        assert!(get("/b").starts_with("HTTP/1.1 302 Found\r\nLocation: /elsewhere\r\n"));
        assert!(get("/c").starts_with("HTTP/1.1 404 Not Found\r\n"));
        server.set(pages([("/c", Response::ok(""))]));
        assert!(get("/c").starts_with("HTTP/1.1 200 OK\r\n"));
        let requests = server.requests();
        assert_eq!(requests.len(), 4);
        assert_eq!((requests[0].method.as_str(), requests[0].body.as_str()), ("POST", "body"));
        assert_eq!(requests[0].header("x-key"), Some("k"));
    }

    #[test]
    fn delays_and_faults_are_sent_as_configured() {
        let get = "GET / HTTP/1.1\r\n\r\n";
        let late = Duration::from_millis(50);
        let server = Server::new(move |_| Response::ok("late").after(late));
        let start = Instant::now();
        assert!(send(&server, get).ends_with("late") && start.elapsed() >= late);
        for (fault, response) in [
            (Fault::Closed, ""),
            (Fault::NotHttp, "SSH-2.0-OpenSSH_9.6\r\n\r\n"),
            (Fault::TruncatedBody, "HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n{\"value\":1"),
        ] {
            let server = Server::new(move |_| fault.into());
            assert_eq!(send(&server, get), response, "{fault:?}");
        }
    }

    #[test]
    fn dropped_server_ends_endless_responses_and_closes_its_port() {
        for fault in [Fault::Silent, Fault::SlowHeader, Fault::SlowBody, Fault::EndlessBody] {
            let server = Server::new(move |_| fault.into());
            let host = server.host().to_owned();
            let mut stream = TcpStream::connect(&host).unwrap();
            stream.write_all(b"GET / HTTP/1.1\r\n\r\n").unwrap();
            while server.requests().is_empty() {
                thread::sleep(Duration::from_millis(1));
            }
            drop(server);
            let mut rest = Vec::new();
            let _ = stream.read_to_end(&mut rest);
            assert!(TcpStream::connect(&host).is_err(), "{fault:?}");
        }
    }
}
