//! A server on the loopback that answers rightly, wrongly, slowly or not at all.

use std::io::{Read, Write};
use std::net::{TcpListener, TcpStream};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::thread;
use std::time::Duration;

/// What a server was asked.
#[derive(Clone, Debug)]
pub struct Asked {
    pub path: String,
    pub authorization: Option<String>,
    pub body: String,
}

pub enum Reply {
    Text(String),
    Status(&'static str),
    Bytes(&'static [u8]),
    /// A body of so many spaces.
    Huge(usize),
    Endless,
    Silent,
    Drip,
    Half,
    Close,
    Garbage,
    Late(Duration, String),
}

pub type Answering = dyn Fn(&Asked) -> Reply + Send + Sync;

/// A server of one thread a connection. Dropped, it closes its port.
pub struct Server {
    pub url: String,
    pub requests: Arc<AtomicUsize>,
    stop: Arc<AtomicBool>,
    accepting: Option<thread::JoinHandle<()>>,
}

impl Server {
    pub fn new(answering: impl Fn(&Asked) -> Reply + Send + Sync + 'static) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let url = format!("http://{}", listener.local_addr().unwrap());
        let stop = Arc::new(AtomicBool::new(false));
        let requests = Arc::new(AtomicUsize::new(0));
        let answering: Arc<Answering> = Arc::new(answering);
        let (stopped, counted) = (Arc::clone(&stop), Arc::clone(&requests));
        let accepting = thread::spawn(move || {
            for stream in listener.incoming() {
                if stopped.load(Ordering::SeqCst) {
                    return;
                }
                counted.fetch_add(1, Ordering::SeqCst);
                let (stream, answering) = (stream.unwrap(), Arc::clone(&answering));
                let stopped = Arc::clone(&stopped);
                // A client that has had enough closes the connection: no fault of the server's.
                thread::spawn(move || drop(serve(stream, &*answering, &stopped)));
            }
        });
        Self { url, requests, stop, accepting: Some(accepting) }
    }

    pub fn host(&self) -> &str {
        self.url.trim_start_matches("http://")
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        self.stop.store(true, Ordering::SeqCst);
        // Wakes the accepting thread, which then lets go of the port.
        drop(TcpStream::connect(self.host()));
        if let Some(accepting) = self.accepting.take() {
            accepting.join().unwrap();
        }
    }
}

pub fn serve(
    mut stream: TcpStream,
    answering: &Answering,
    stop: &AtomicBool,
) -> std::io::Result<()> {
    let mut head = Vec::new();
    let mut byte = [0];
    while !head.ends_with(b"\r\n\r\n") {
        if stream.read(&mut byte)? == 0 {
            return Ok(());
        }
        head.push(byte[0]);
    }
    let head = String::from_utf8_lossy(&head).into_owned();
    let header = |name: &str| {
        let lines = head.lines().filter_map(|line| line.split_once(": "));
        let mut named = lines.filter(|(key, _)| key.eq_ignore_ascii_case(name));
        named.next().map(|(_, value)| value.to_owned())
    };
    let length = header("content-length").map_or(0, |length| length.parse().unwrap());
    let mut body = vec![0; length];
    stream.read_exact(&mut body)?;
    let asked = Asked {
        path: head.split(' ').nth(1).unwrap_or_default().to_owned(),
        authorization: header("authorization"),
        body: String::from_utf8(body).unwrap(),
    };
    let ok = |length: usize| format!("HTTP/1.1 200 OK\r\nContent-Length: {length}\r\n\r\n");
    let text = |text: &str| ok(text.len()) + text;
    match answering(&asked) {
        Reply::Text(body) => stream.write_all(text(&body).as_bytes())?,
        Reply::Late(wait, body) => {
            thread::sleep(wait);
            stream.write_all(text(&body).as_bytes())?;
        }
        Reply::Status(status) => {
            let page = format!(
                "HTTP/1.1 {status}\r\nLocation: /elsewhere\r\nContent-Length: 2\r\n\r\n{{}}"
            );
            stream.write_all(page.as_bytes())?;
        }
        Reply::Bytes(bytes) => {
            stream.write_all(ok(bytes.len()).as_bytes())?;
            stream.write_all(bytes)?;
        }
        Reply::Huge(length) => {
            stream.write_all(ok(length).as_bytes())?;
            stream.write_all(&vec![b' '; length])?;
        }
        Reply::Endless => {
            stream.write_all(b"HTTP/1.1 200 OK\r\n\r\n")?;
            while !stop.load(Ordering::SeqCst) {
                stream.write_all(&[b' '; 4096])?;
            }
        }
        Reply::Silent => {
            while !stop.load(Ordering::SeqCst) {
                thread::sleep(Duration::from_millis(20));
            }
        }
        Reply::Drip => {
            stream.write_all(ok(60_000).as_bytes())?;
            while !stop.load(Ordering::SeqCst) {
                stream.write_all(b" ")?;
                thread::sleep(Duration::from_millis(20));
            }
        }
        Reply::Half => stream.write_all((ok(100) + "{\"height\":1").as_bytes())?,
        Reply::Close => {}
        Reply::Garbage => stream.write_all(b"SSH-2.0-OpenSSH_9.6\r\n\r\n")?,
    }
    Ok(())
}
