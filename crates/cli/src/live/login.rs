//! The login to a node.

use super::error::bad;
use super::{LiveError, networks};
use hashwatt_input::http::basic;
use std::env;
use std::ffi::OsStr;
use std::fmt;
use std::path::Path;

const USER: &str = "HASHWATT_NODE_USER";
const PASSWORD: &str = "HASHWATT_NODE_PASSWORD";
/// The maximum length of a cookie file.
const MAX_COOKIE_BYTES: u64 = 4 << 10;

/// The login to a node. It is never shown.
#[derive(Clone, PartialEq, Eq)]
pub struct Login(String);

impl fmt::Debug for Login {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Login(..)")
    }
}

impl Login {
    /// Reads the login from the file `.cookie`, which a node writes to its data folder at every start.
    ///
    /// # Errors
    /// [`LiveError::BadSetting`] for the field `cookie`: the file cannot be read, does not contain
    /// `USER:PASSWORD`, or belongs to a test network.
    pub fn from_cookie_file(file: &Path) -> Result<Self, LiveError> {
        let invalid = |reason: String| bad("cookie", format!("{}: {reason}", file.display()));
        if let Some(network) = network_of_folder(file) {
            return Err(invalid(format!(
                "belongs to a test network ({network}), according to its folder; give the main \
                 network's, such as ~/.bitcoin/.cookie"
            )));
        }
        let text = hashwatt_input::read_text(file, MAX_COOKIE_BYTES).map_err(|error| {
            let others = networks_with_cookie(file);
            invalid(match others.is_empty() {
                true => error.to_string(),
                false => format!(
                    "{error}; its folder has cookies of test networks ({}), but a node of the main \
                     network is needed",
                    others.join(", ")
                ),
            })
        })?;
        let login =
            text.trim().split_once(':').and_then(|(user, password)| from_parts(user, password));
        login.ok_or_else(|| invalid("does not contain a login; give the node's .cookie".to_owned()))
    }

    /// Reads the environment variables `HASHWATT_NODE_USER` and `HASHWATT_NODE_PASSWORD`; `None` if
    /// neither is set.
    ///
    /// # Errors
    /// [`LiveError::BadSetting`] for the variable that is missing or invalid.
    pub fn from_environment() -> Result<Option<Self>, LiveError> {
        Self::from_variables(&|name| match env::var(name) {
            Ok(value) => Ok(Some(value)),
            Err(env::VarError::NotPresent) => Ok(None),
            Err(env::VarError::NotUnicode(_)) => {
                Err(bad(name, "is not valid UTF-8; give it in UTF-8"))
            }
        })
    }

    fn from_variables(
        variable: &dyn Fn(&'static str) -> Result<Option<String>, LiveError>,
    ) -> Result<Option<Self>, LiveError> {
        match (variable(USER)?, variable(PASSWORD)?) {
            (None, None) => Ok(None),
            (Some(_), None) => Err(bad(PASSWORD, "is not set, but HASHWATT_NODE_USER is")),
            (None, Some(_)) => Err(bad(USER, "is not set, but HASHWATT_NODE_PASSWORD is")),
            (Some(user), Some(password)) => match from_parts(&user, &password) {
                Some(login) => Ok(Some(login)),
                None => Err(bad(USER, "is empty or contains a colon; give the user of rpcauth")),
            },
        }
    }

    /// The `Authorization` header.
    pub(super) fn header(&self) -> String {
        self.0.clone()
    }
}

/// The test network whose folder contains the cookie, if any.
fn network_of_folder(cookie: &Path) -> Option<&'static str> {
    let cookie = std::path::absolute(cookie).ok()?;
    let folder = cookie.parent()?.file_name().and_then(OsStr::to_str)?;
    networks::test_network(folder)
}

/// The test networks with a cookie in a subfolder of the cookie's folder.
fn networks_with_cookie(cookie: &Path) -> Vec<&'static str> {
    let (Some(folder), Some(name)) = (cookie.parent(), cookie.file_name()) else {
        return Vec::new();
    };
    let has_cookie = |network: &&str| folder.join(network).join(name).is_file();
    networks::FOLDERS.into_iter().filter(has_cookie).collect()
}

fn from_parts(user: &str, password: &str) -> Option<Login> {
    let is_valid = !user.is_empty() && !user.contains(':');
    is_valid.then(|| Login(basic(user, password)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::fs;

    #[test]
    fn cookie_file_is_read_and_login_is_not_shown() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join(".cookie");
        fs::write(&file, "Aladdin:open sesame\n").unwrap();
        let login = Login::from_cookie_file(&file).unwrap();
        // The example of RFC 7617, section 2.
        assert_eq!(login.header(), "Basic QWxhZGRpbjpvcGVuIHNlc2FtZQ==");
        assert_eq!(format!("{login:?}"), "Login(..)");
        for bad in ["", "hunter2", ":hunter2"] {
            fs::write(&file, bad).unwrap();
            let message = Login::from_cookie_file(&file).unwrap_err().to_string();
            assert!(message.starts_with("cookie: ") && !message.contains("hunter2"), "{message}");
        }
        for missing in [folder.path(), &folder.path().join("none")] {
            assert!(Login::from_cookie_file(missing).unwrap_err().is_input());
        }
    }

    #[test]
    fn cookie_of_test_network_is_refused_with_its_name() {
        let main = tempfile::tempdir().unwrap();
        for (folder, network) in
            [("testnet3", "testnet3"), ("testnet4", "testnet4"), ("signet", "signet")]
        {
            let file = main.path().join(folder).join(".cookie");
            fs::create_dir(file.parent().unwrap()).unwrap();
            fs::write(&file, "__cookie__:hunter2").unwrap();
            let message = Login::from_cookie_file(&file).unwrap_err().to_string();
            assert!(message.contains(&format!("a test network ({network})")), "{message}");
        }
        // There is no cookie of the main network.
        let missing = main.path().join(".cookie");
        let message = Login::from_cookie_file(&missing).unwrap_err().to_string();
        assert!(
            message.contains("(testnet3, testnet4, signet), but a node of the main"),
            "{message}"
        );
        fs::write(&missing, "__cookie__:hunter2").unwrap();
        assert!(Login::from_cookie_file(&missing).is_ok());
    }

    #[test]
    fn environment_login_requires_both_variables() {
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
