//! As much of the WebDriver protocol as the journeys use, over plain HTTP.
use std::{
    process::{Command, Stdio},
    time::{Duration, SystemTime},
};

use base64::{Engine, prelude::BASE64_STANDARD};
use serde_json::{Value, json};

use crate::running::{Running, free_port};

/// The key under which WebDriver hands out an element.
const ELEMENT: &str = "element-6066-11e4-a52e-4f735466cecf";

/// One window under a driver's control.
pub(crate) struct Session {
    http: ureq::Agent,
    base: String,
    asked: SystemTime,
    driver: Running,
}

/// What the driver said no to, in its words.
#[derive(Debug)]
pub(crate) struct Refused {
    pub error: String,
    pub message: String,
}

impl Session {
    /// Starts `driver` on a free port and has it open `program` with `arguments`; or says why it could not.
    pub(crate) fn open(mut driver: Command, program: &str, arguments: &[String]) -> Result<Self, String> {
        let port = free_port();
        let mut driver = Running::start(
            driver.args([format!("--port={port}"), "--host=127.0.0.1".into()]).stdout(Stdio::null()),
        );
        driver.wait_for_port(port);
        let http = ureq::Agent::config_builder()
            // The driver explains its refusals in bodies of answers that are not 200.
            .http_status_as_error(false)
            .timeout_global(Some(Duration::from_secs(60)))
            .proxy(None)
            .build()
            .new_agent();
        let root = format!("http://127.0.0.1:{port}/session");
        let mut session = Self { http, base: root, asked: SystemTime::now(), driver };
        let opened = session
            .post(
                "",
                json!({ "capabilities": { "alwaysMatch": {
                    "webkitgtk:browserOptions": { "binary": program, "args": arguments }
                } } }),
            )
            .map_err(|refused| format!("{refused:?}; {}", session.driver.state()))?;
        let id = opened["sessionId"].as_str().expect("a session has an id");
        session.base = format!("{}/{id}", session.base);
        Ok(session)
    }

    /// The moment at which the driver was asked to start the program.
    pub(crate) fn asked(&self) -> SystemTime {
        self.asked
    }

    /// The driver's process, under which the program and its web view run.
    pub(crate) fn driver(&self) -> u32 {
        self.driver.id()
    }

    pub(crate) fn post(&self, path: &str, body: Value) -> Result<Value, Refused> {
        Self::read(self.http.post(format!("{}{path}", self.base)).send_json(body))
    }

    pub(crate) fn get(&self, path: &str) -> Result<Value, Refused> {
        Self::read(self.http.get(format!("{}{path}", self.base)).call())
    }

    fn read(answer: Result<ureq::http::Response<ureq::Body>, ureq::Error>) -> Result<Value, Refused> {
        let lost = |error: ureq::Error| Refused { error: "no answer".into(), message: error.to_string() };
        let mut answer = answer.map_err(lost)?;
        let mut body: Value = answer.body_mut().with_config().limit(64 << 20).read_json().map_err(lost)?;
        let value = body["value"].take();
        match value["error"].as_str() {
            Some(error) => Err(Refused {
                error: error.into(),
                message: value["message"].as_str().unwrap_or_default().into(),
            }),
            None => Ok(value),
        }
    }

    /// Runs a script in the page and returns what it returned.
    pub(crate) fn run(&self, script: &str, arguments: Value) -> Result<Value, Refused> {
        self.post("/execute/sync", json!({ "script": script, "args": arguments }))
    }

    /// Runs a script that calls its last argument when it is done.
    pub(crate) fn run_until_called(&self, script: &str, arguments: Value) -> Result<Value, Refused> {
        self.post("/execute/async", json!({ "script": script, "args": arguments }))
    }

    pub(crate) fn click(&self, element: &Element) -> Result<(), Refused> {
        self.post(&format!("/element/{}/click", element.0), json!({})).map(drop)
    }

    pub(crate) fn type_into(&self, element: &Element, text: &str) -> Result<(), Refused> {
        self.post(&format!("/element/{}/value", element.0), json!({ "text": text })).map(drop)
    }

    /// Presses the keys down in order and lets them go in the opposite order.
    pub(crate) fn press(&self, keys: &[char]) -> Result<(), Refused> {
        let down = keys.iter().map(|key| json!({ "type": "keyDown", "value": key }));
        let up = keys.iter().rev().map(|key| json!({ "type": "keyUp", "value": key }));
        let actions: Vec<Value> = down.chain(up).collect();
        self.post("/actions", json!({ "actions": [{ "type": "key", "id": "keys", "actions": actions }] }))
            .map(drop)
    }

    pub(crate) fn resize(&self, width: u32, height: u32) -> Result<(), Refused> {
        self.post("/window/rect", json!({ "x": 0, "y": 0, "width": width, "height": height })).map(drop)
    }

    /// The window's content as a PNG.
    pub(crate) fn picture(&self) -> Result<Vec<u8>, Refused> {
        let text = self.get("/screenshot")?;
        Ok(BASE64_STANDARD.decode(text.as_str().unwrap_or_default()).expect("the driver sends base64"))
    }
}

impl Drop for Session {
    fn drop(&mut self) {
        // Closes the window, and with it the program. If that fails, the display goes next and takes it along.
        let _ = self.http.delete(&self.base).call();
    }
}

/// A thing on the page.
pub(crate) struct Element(String);

impl Element {
    /// From a script's answer; `None` if that was not an element.
    pub(crate) fn of(value: &Value) -> Option<Self> {
        value[ELEMENT].as_str().map(|id| Self(id.to_owned()))
    }

    /// As a script's argument.
    pub(crate) fn as_argument(&self) -> Value {
        json!({ ELEMENT: self.0 })
    }
}
