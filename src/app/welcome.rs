//! The first screen of somebody who has set nothing up: try it with invented people, or log in.
//!
//! It stands alone: there is no store yet, and no server. The token is never shown and forgotten with the screen.

use std::fmt;

use secrecy::zeroize::Zeroizing;

use super::key::{Code, Key};
use super::layout::Size;

/// No address and no token is longer.
const LONGEST: usize = 4096;

/// What the welcome ends with.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Choice {
    Quit,
    /// Everything with invented people.
    Demo,
    /// A server and its key are set up now.
    LoggedIn,
}

/// What happened.
#[derive(Debug, Clone, PartialEq)]
pub enum Said {
    Key(Key),
    Paste(String),
    Resize(Size),
    /// A choice or a field was clicked.
    Clicked(usize),
    /// The server was asked: it takes the token, or why not.
    Checked(Result<(), String>),
}

/// What is to be done.
#[derive(Debug, Clone, PartialEq)]
pub enum Wanted {
    /// Ask the server, and keep address and token when it takes them.
    Check {
        address: String,
        token: Token,
    },
    Leave(Choice),
}

/// A token that does not show itself.
#[derive(Clone, PartialEq, Eq, Default)]
pub struct Token(pub Zeroizing<String>);

impl fmt::Debug for Token {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Token")
    }
}

/// Which part is shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Step {
    /// By the choice that is selected.
    #[default]
    Choices,
    Form,
    /// The server is being asked.
    Checking,
}

/// The welcome.
#[derive(Debug, Clone, Default)]
pub struct Welcome {
    pub size: Size,
    pub step: Step,
    /// The choice or the field that has the keys.
    pub at: usize,
    pub address: String,
    pub token: Token,
    /// Why the server did not take them.
    pub problem: Option<String>,
}

impl Welcome {
    /// Changes as the message wants, and says what is to be done.
    pub fn update(&mut self, said: Said) -> Option<Wanted> {
        match said {
            Said::Resize(size) => self.size = size,
            Said::Key(key) if key.ctrl && key.code == Code::Char('c') => {
                return Some(Wanted::Leave(Choice::Quit));
            }
            Said::Key(key) => {
                return match self.step {
                    Step::Choices => self.choose(key),
                    Step::Form => self.fill(key),
                    Step::Checking => None,
                };
            }
            Said::Paste(text) if self.step == Step::Form => {
                for letter in text.trim().chars() {
                    self.typed(letter);
                }
            }
            Said::Clicked(at) => match self.step {
                Step::Choices => return self.chosen(at),
                Step::Form => self.at = at.min(1),
                Step::Checking => {}
            },
            Said::Checked(Ok(())) => return Some(Wanted::Leave(Choice::LoggedIn)),
            Said::Checked(Err(why)) => {
                self.step = Step::Form;
                self.problem = Some(why);
            }
            Said::Paste(_) => {}
        }
        None
    }

    fn choose(&mut self, key: Key) -> Option<Wanted> {
        match key.code {
            Code::Char('d') => return self.chosen(0),
            Code::Char('l') => return self.chosen(1),
            Code::Char('q') | Code::Esc => return Some(Wanted::Leave(Choice::Quit)),
            Code::Char('j') | Code::Down | Code::Tab => self.at = (self.at + 1) % 3,
            Code::Char('k') | Code::Up => self.at = (self.at + 2) % 3,
            Code::Enter => return self.chosen(self.at),
            _ => {}
        }
        None
    }

    fn chosen(&mut self, at: usize) -> Option<Wanted> {
        match at {
            0 => Some(Wanted::Leave(Choice::Demo)),
            1 => {
                self.step = Step::Form;
                self.at = 0;
                None
            }
            _ => Some(Wanted::Leave(Choice::Quit)),
        }
    }

    fn fill(&mut self, key: Key) -> Option<Wanted> {
        match key.code {
            Code::Esc => {
                self.step = Step::Choices;
                self.at = 1;
                self.problem = None;
            }
            Code::Tab | Code::Down | Code::Up => self.at = 1 - self.at.min(1),
            Code::Enter => return self.enter(),
            Code::Backspace => {
                self.field().pop();
            }
            Code::Char('u') if key.ctrl => self.field().clear(),
            Code::Char(letter) if !key.ctrl && !key.alt => self.typed(letter),
            _ => {}
        }
        None
    }

    fn field(&mut self) -> &mut String {
        if self.at == 0 {
            &mut self.address
        } else {
            &mut self.token.0
        }
    }

    fn typed(&mut self, letter: char) {
        self.problem = None;
        let field = self.field();
        if !letter.is_control() && field.len() + letter.len_utf8() <= LONGEST {
            field.push(letter);
        }
    }

    /// Goes on to what is still empty, or to the server.
    fn enter(&mut self) -> Option<Wanted> {
        if self.address.trim().is_empty() {
            self.at = 0;
            return None;
        }
        if self.token.0.trim().is_empty() {
            self.at = 1;
            return None;
        }
        self.step = Step::Checking;
        self.problem = None;
        Some(Wanted::Check {
            address: self.address.trim().to_owned(),
            token: Token(Zeroizing::new(self.token.0.trim().to_owned())),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn press(welcome: &mut Welcome, keys: &str) -> Option<Wanted> {
        let keys = keys.split(' ').map(|key| key.parse::<Key>().unwrap());
        let wanted = keys.map(|key| welcome.update(Said::Key(key)));
        wanted.collect::<Vec<_>>().into_iter().flatten().last()
    }

    #[test]
    fn one_key_opens_the_demo_and_another_the_log_in() {
        let mut welcome = Welcome::default();
        let demo = Some(Wanted::Leave(Choice::Demo));
        assert_eq!(press(&mut welcome, "d"), demo);
        assert_eq!(press(&mut welcome, "Enter"), demo);
        assert_eq!(press(&mut welcome, "l"), None);
        assert_eq!(welcome.step, Step::Form);
        // In a field, letters are letters.
        assert_eq!(press(&mut welcome, "d q"), None);
        assert_eq!(welcome.address, "dq");
    }

    #[test]
    fn a_log_in_is_checked_once_both_fields_are_filled_and_can_be_mended() {
        let mut welcome = Welcome::default();
        press(&mut welcome, "l");
        welcome.update(Said::Paste(" api27.unipile.com:15796\n".to_owned()));
        assert_eq!(press(&mut welcome, "Enter"), None);
        welcome.update(Said::Paste("secret\n".to_owned()));
        let Some(Wanted::Check { address, token }) = press(&mut welcome, "Enter") else {
            panic!("nothing was asked");
        };
        assert_eq!(
            (address.as_str(), token.0.as_str()),
            ("api27.unipile.com:15796", "secret")
        );
        assert!(!format!("{welcome:?} {token:?}").contains("secret"));
        assert_eq!(
            press(&mut welcome, "x Enter"),
            None,
            "it waits for the answer"
        );
        let why = "Nothing listens there".to_owned();
        welcome.update(Said::Checked(Err(why.clone())));
        assert_eq!(
            (welcome.problem.clone(), welcome.step),
            (Some(why), Step::Form)
        );
        let done = welcome.update(Said::Checked(Ok(())));
        assert_eq!(done, Some(Wanted::Leave(Choice::LoggedIn)));
    }
}
