//! The screen as a person has it: the real program in a real terminal, over a real server.

mod desk;
mod faults;
mod flows;
mod folders;
mod hostile;
mod leaving;
mod letters;
mod looks;
mod pictures;
mod reading;
mod scenes;

use onebox::demo::Demo;

use crate::support::KEY;
use crate::support::terminal::Terminal;

/// The inbox over a server, in a folder of its own, with everything fetched that the first screen shows.
fn inbox(demo: &Demo, folder: &tempfile::TempDir, size: (u16, u16)) -> Terminal {
    let env = [("ONEBOX_URL", demo.url()), ("ONEBOX_KEY", KEY)];
    Terminal::start(size, folder.path(), &env, &[])
}
