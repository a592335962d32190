//! Who asks a node.

use super::error::bad;
use super::{LiveError, networks};
use hashwatt_input::http::basic;
use std::env;
use std::ffi::OsStr;
use std::fmt;
use std::path::Path;

const USER: &str = "HASHWATT_NODE_USER";
const PASSWORD: &str = "HASHWATT_NODE_PASSWORD";
/// No cookie is longer.
const MOST: u64 = 4 << 10;

/// A node's login, which is never shown.
#[derive(Clone, PartialEq, Eq)]
pub struct Login(String);

impl fmt::Debug for Login {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Login(..)")
    }
}

impl Login {
    /// From the cookie that a node writes to `.cookie` in its folder when it starts.
    ///
    /// # Errors
    /// [`LiveError::BadSetting`] for the field `cookie`: a file that cannot be read, that holds
    /// no `USER:PASSWORD`, or that is a test network's.
    pub fn from_cookie_file(file: &Path) -> Result<Self, LiveError> {
        let wrong = |reason: String| bad("cookie", format!("{}: {reason}", file.display()));
        if let Some(network) = network_of_folder(file) {
            return Err(wrong(format!(
                "is of a test network ({network}), as its folder says; give the main network's, \
                 such as ~/.bitcoin/.cookie"
            )));
        }
        let text = hashwatt_input::read_text(file, MOST).map_err(|error| {
            let others = networks_beside(file);
            wrong(match others.is_empty() {
                true => error.to_string(),
                false => format!(
                    "{error}; there are cookies of test networks below its folder ({}): a node of \
                     the main network is needed",
                    others.join(", ")
                ),
            })
        })?;
        let login = text.trim().split_once(':').and_then(|(user, password)| of(user, password));
        login.ok_or_else(|| wrong("holds no login; give the node's .cookie".to_owned()))
    }

    /// From the environment variables `HASHWATT_NODE_USER` and `HASHWATT_NODE_PASSWORD`; `None`
    /// where neither is set.
    ///
    /// # Errors
    /// [`LiveError::BadSetting`] for the variable that is missing beside the other, or no login.
    pub fn from_environment() -> Result<Option<Self>, LiveError> {
        Self::from_variables(&|name| match env::var(name) {
            Ok(value) => Ok(Some(value)),
            Err(env::VarError::NotPresent) => Ok(None),
            Err(env::VarError::NotUnicode(_)) => Err(bad(name, "is no text; give it in UTF-8")),
        })
    }

    fn from_variables(
        look: &dyn Fn(&'static str) -> Result<Option<String>, LiveError>,
    ) -> Result<Option<Self>, LiveError> {
        match (look(USER)?, look(PASSWORD)?) {
            (None, None) => Ok(None),
            (Some(_), None) => Err(bad(PASSWORD, "is not set, and HASHWATT_NODE_USER is")),
            (None, Some(_)) => Err(bad(USER, "is not set, and HASHWATT_NODE_PASSWORD is")),
            (Some(user), Some(password)) => match of(&user, &password) {
                Some(login) => Ok(Some(login)),
                None => Err(bad(USER, "is empty or holds a colon; give rpcauth's user")),
            },
        }
    }

    /// The `Authorization` header.
    pub(super) fn header(&self) -> String {
        self.0.clone()
    }
}

/// The test network in whose folder a cookie lies.
fn network_of_folder(cookie: &Path) -> Option<&'static str> {
    let cookie = std::path::absolute(cookie).ok()?;
    let folder = cookie.parent()?.file_name().and_then(OsStr::to_str)?;
    networks::named(folder)
}

/// The test networks whose cookies lie where a node of the main network has folders for them.
fn networks_beside(cookie: &Path) -> Vec<&'static str> {
    let (Some(folder), Some(name)) = (cookie.parent(), cookie.file_name()) else {
        return Vec::new();
    };
    let is_there = |network: &&str| folder.join(network).join(name).is_file();
    networks::FOLDERS.into_iter().filter(is_there).collect()
}

fn of(user: &str, password: &str) -> Option<Login> {
    let right = !user.is_empty() && !user.contains(':');
    right.then(|| Login(basic(user, password)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::fs;

    #[test]
    fn a_cookie_is_a_login_that_is_not_shown() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join(".cookie");
        fs::write(&file, "Aladdin:open sesame\n").unwrap();
        let login = Login::from_cookie_file(&file).unwrap();
        // The example of RFC 7617, section 2.
        assert_eq!(login.header(), "Basic QWxhZGRpbjpvcGVuIHNlc2FtZQ==");
        assert_eq!(format!("{login:?}"), "Login(..)");
        for bad in ["", "hunter2", ":hunter2"] {
            fs::write(&file, bad).unwrap();
            let told = Login::from_cookie_file(&file).unwrap_err().to_string();
            assert!(told.starts_with("cookie: ") && !told.contains("hunter2"), "{told}");
        }
        for missing in [folder.path(), &folder.path().join("none")] {
            assert!(Login::from_cookie_file(missing).unwrap_err().is_input());
        }
    }

    #[test]
    fn cookie_of_a_test_network_is_named_by_its_folder() {
        let main = tempfile::tempdir().unwrap();
        for (folder, network) in
            [("testnet3", "testnet3"), ("testnet4", "testnet4"), ("signet", "signet")]
        {
            let file = main.path().join(folder).join(".cookie");
            fs::create_dir(file.parent().unwrap()).unwrap();
            fs::write(&file, "__cookie__:hunter2").unwrap();
            let told = Login::from_cookie_file(&file).unwrap_err().to_string();
            assert!(told.contains(&format!("of a test network ({network})")), "{told}");
        }
        // The main network's node is not there.
        let missing = main.path().join(".cookie");
        let told = Login::from_cookie_file(&missing).unwrap_err().to_string();
        assert!(told.contains("(testnet3, testnet4, signet): a node of the main"), "{told}");
        fs::write(&missing, "__cookie__:hunter2").unwrap();
        assert!(Login::from_cookie_file(&missing).is_ok());
    }

    #[test]
    fn the_environments_login_is_whole() {
        let with = |set: &'static [(&'static str, &'static str)]| {
            Login::from_variables(&move |name| {
                let found = set.iter().find(|(set, _)| *set == name);
                Ok(found.map(|(_, value)| (*value).to_owned()))
            })
        };
        let field = |set| match with(set) {
            Err(LiveError::BadSetting { field, .. }) => field,
            other => panic!("{other:?}"),
        };
        assert_eq!(with(&[]), Ok(None));
        assert!(with(&[(USER, "me"), (PASSWORD, "a:b")]).unwrap().is_some());
        assert_eq!(field(&[(USER, "me")]), PASSWORD);
        assert_eq!(field(&[(PASSWORD, "x")]), USER);
        assert_eq!(field(&[(USER, "m:e"), (PASSWORD, "x")]), USER);
    }
}
