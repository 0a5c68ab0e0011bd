//! Runs the welcome, for those who have set nothing up.

use std::future::Future;

use secrecy::SecretString;
use tokio::sync::mpsc;

use super::Error;
use super::events::Events;
use super::input::{self, Input};
use super::signals::{Signals, Stop};
use super::terminal::Screen;
use crate::app::Msg;
use crate::app::layout::Size;
use crate::app::pointer::{Press, Target};
use crate::app::welcome::{Choice, Said, Wanted, Welcome};
use crate::ui::screens::welcome;
use crate::ui::{Scratch, Theme};

/// Shows the welcome until the user has chosen. `check` asks a server whether it takes a token and keeps both when it
/// does; otherwise it says why not.
pub async fn run<C, F>(theme: Theme, check: C) -> Result<Choice, Error>
where
    C: Fn(String, SecretString) -> F,
    F: Future<Output = Result<(), String>> + Send + 'static,
{
    let mut signals = Signals::listen();
    let mut screen = Screen::take(true)?;
    let mut scratch = Scratch::default();
    let (tell, mut hear) = mpsc::unbounded_channel();
    let mut events = Events::listen()?;
    let mut state = Welcome::default();
    loop {
        let (width, height) = screen.size()?;
        state.size = Size { width, height };
        screen.draw(|frame| welcome::draw(&state, &mut scratch, &theme, frame))?;
        let mut said = Vec::new();
        tokio::select! {
            here = events.wait() => if !here? {
                return Ok(Choice::Quit);
            },
            Some(checked) = hear.recv() => said.push(Said::Checked(checked)),
            stop = signals.next() => if stop == Stop::Terminate {
                return Ok(Choice::Quit);
            },
        }
        while let Some(event) = events.take()? {
            said.extend(heard(event, &scratch));
        }
        for said in said {
            match state.update(said) {
                Some(Wanted::Leave(choice)) => return Ok(choice),
                Some(Wanted::Check { address, token }) => {
                    let asked = check(address, SecretString::from(token.0.as_str()));
                    let tell = tell.clone();
                    tokio::spawn(async move {
                        let _ = tell.send(asked.await);
                    });
                }
                None => {}
            }
        }
    }
}

fn heard(event: crossterm::event::Event, scratch: &Scratch) -> Option<Said> {
    match input::read(event)? {
        Input::Msg(Msg::Key(key)) => Some(Said::Key(key)),
        Input::Msg(Msg::Paste(text)) => Some(Said::Paste(text)),
        Input::Msg(Msg::Resize(size)) => Some(Said::Resize(size)),
        Input::Mouse {
            press: Press::Click,
            x,
            y,
            ..
        } => match scratch.hits.at(x, y) {
            Some(Target::Item(at)) => Some(Said::Clicked(*at)),
            _ => None,
        },
        _ => None,
    }
}
