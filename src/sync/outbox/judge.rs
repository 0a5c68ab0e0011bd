//! What an error means for an act: whether it was refused, certainly did not happen, or may have happened.

use crate::api::{Error, Trouble};
use crate::model::act::Act;

/// What to do about an act that did not work out.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Verdict {
    /// It was done already.
    Done,
    /// It will not be done; the user is told why.
    Refused(String),
    /// It certainly did not happen, and the server is away.
    Unreachable(String),
    /// It certainly did not happen, or may happen twice without harm.
    Later(String),
    /// It may have happened.
    Unknown(String),
}

/// How sure it is that the server is away.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Away {
    Surely,
    Perhaps,
}

/// An act that makes the server fail so many times is given up, or it would hold up its lane for ever.
const MOST_TRIES: u32 = 10;

pub(super) fn judge(act: &Act, error: &Error, tries: u32) -> Verdict {
    let words = error.in_words();
    if let Error::Network { reached: false, .. } = error {
        return Verdict::Unreachable(words);
    }
    if error.is_bad_key() {
        return Verdict::Later(words);
    }
    match error.status() {
        // Taken for a refusal by everybody: the request was counted and not looked at.
        Some(407 | 425 | 429) => return Verdict::Later(words),
        Some(501) => return Verdict::Refused(words),
        Some(404 | 410) if is_removal(act) => return Verdict::Done,
        _ => {}
    }
    match (error.may_have_happened(), act.is_repeatable()) {
        (true, true) if tries >= MOST_TRIES && is_away(error).is_none() => Verdict::Refused(words),
        (true, true) => Verdict::Later(words),
        (true, false) => Verdict::Unknown(words),
        (false, _) => Verdict::Refused(words),
    }
}

/// Whether nothing is left to do when the thing is not there.
fn is_removal(act: &Act) -> bool {
    matches!(
        act,
        Act::DeleteMessage { .. } | Act::DeleteChat { .. } | Act::DeleteMail { for_good: true, .. }
    )
}

/// Whether an error says that the server is away, rather than that it does not want this.
pub(super) fn is_away(error: &Error) -> Option<Away> {
    match error {
        Error::Network {
            trouble: Trouble::Connect | Trouble::Tls,
            ..
        } => Some(Away::Surely),
        Error::Network { .. } | Error::Answer { .. } => Some(Away::Perhaps),
        _ => matches!(error.status(), Some(502..=504)).then_some(Away::Perhaps),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::api::{BadAnswer, Refusal};
    use crate::model::act::{ChatMark, NewMessage};

    fn refused(status: u16, slug: &str) -> Error {
        Error::Refused(Box::new(Refusal {
            operation: "x",
            status,
            kind: format!("errors/{slug}"),
            title: String::new(),
            detail: None,
            instance: None,
            retry_after: None,
        }))
    }

    fn lost(trouble: Trouble, reached: bool) -> Error {
        Error::Network {
            operation: "x",
            trouble,
            reached,
            source: None,
        }
    }

    #[test]
    fn a_message_is_only_sent_again_when_it_certainly_was_not_sent() {
        let message = Act::SendMessage(NewMessage::text("a".into(), "c".into(), "hi"));
        let garbage = Error::Answer {
            operation: "x",
            flaw: BadAnswer::Html,
        };
        for error in [408, 500, 502, 503, 504]
            .map(|status| refused(status, ""))
            .into_iter()
            .chain([
                lost(Trouble::NoAnswer, true),
                lost(Trouble::Stalled, true),
                lost(Trouble::Cut, true),
                garbage,
            ])
        {
            assert!(
                matches!(judge(&message, &error, 1), Verdict::Unknown(_)),
                "{error:?}"
            );
        }
        assert!(matches!(
            judge(&message, &refused(429, "too_many_requests"), 99),
            Verdict::Later(_)
        ));
        let unsent = lost(Trouble::Connect, false);
        assert!(matches!(
            judge(&message, &unsent, 99),
            Verdict::Unreachable(_)
        ));
        for status in [400, 401, 403, 404, 415, 422, 501] {
            assert!(matches!(
                judge(&message, &refused(status, ""), 1),
                Verdict::Refused(_)
            ));
        }
    }

    #[test]
    fn what_may_be_done_twice_is_done_again_and_what_is_gone_is_deleted() {
        let mark = Act::MarkChat {
            account: "a".into(),
            chat: "c".into(),
            mark: ChatMark::Archived,
            on: true,
        };
        assert!(matches!(
            judge(&mark, &refused(503, ""), 99),
            Verdict::Later(_)
        ));
        let Verdict::Refused(words) = judge(&mark, &refused(501, "feature_not_implemented"), 1)
        else {
            panic!("not refused");
        };
        // No name of an operation and no number: nobody would know what they mean.
        assert_eq!(words, "it was refused. This network does not offer it.");
        assert!(matches!(
            judge(&mark, &refused(500, ""), 9),
            Verdict::Later(_)
        ));
        assert!(matches!(
            judge(&mark, &refused(500, ""), 10),
            Verdict::Refused(_)
        ));
        let delete = Act::DeleteChat {
            account: "a".into(),
            chat: "c".into(),
        };
        assert_eq!(judge(&delete, &refused(404, ""), 1), Verdict::Done);
    }
}
