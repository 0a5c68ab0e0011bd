//! The program as a process of its own whose memory is watched.

use std::path::Path;
use std::process::{Child, Command, ExitStatus, Stdio};
use std::time::Duration;

use super::KEY;

/// A running process of the program; it ends with this.
#[derive(Debug)]
pub struct Watched(Child);

impl Watched {
    /// Starts the program with a profile in a folder.
    pub fn start(folder: &Path, url: &str, arguments: &[&str]) -> Self {
        let child = Command::new(assert_cmd::cargo_bin!("onebox"))
            .env_clear()
            .env("HOME", folder)
            .env("ONEBOX_DATA", folder.join("data"))
            .env("ONEBOX_CONFIG", folder.join("config"))
            .env("DBUS_SESSION_BUS_ADDRESS", "unix:path=/nowhere")
            .env("ONEBOX_URL", url)
            .env("ONEBOX_KEY", KEY)
            .args(arguments)
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn();
        Self(child.unwrap())
    }

    /// The most memory it has had so far, in MiB; `None` when it has ended.
    pub fn peak(&self) -> Option<u64> {
        let path = format!("/proc/{}/status", self.0.id());
        let status = std::fs::read_to_string(path).ok()?;
        let line = status.lines().find(|line| line.starts_with("VmHWM"))?;
        let kib: u64 = line.split_whitespace().nth(1)?.parse().ok()?;
        Some(kib >> 10)
    }

    /// Waits for its end; gives how it ended and the most memory that was seen.
    pub async fn ended(&mut self) -> (ExitStatus, u64) {
        let mut most = 0;
        loop {
            most = self.peak().unwrap_or(0).max(most);
            if let Some(status) = self.0.try_wait().unwrap() {
                return (status, most);
            }
            tokio::time::sleep(Duration::from_millis(10)).await;
        }
    }
}

impl Drop for Watched {
    fn drop(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}
