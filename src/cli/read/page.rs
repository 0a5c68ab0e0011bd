//! Lays out the messages of a conversation: days, writers, what they quote and what hangs on it.

use jiff::civil::Date;

use super::super::cells::{cut, one_line, width, wrap};
use super::super::output::{self, Paint, painted};
use super::super::when::When;
use super::super::{Failure, words};
use crate::model::email::{Address, Extent};
use crate::model::inbox::{Entry, EntryKey, MailHead};

/// Messages of one writer that are further apart get a new head, in milliseconds.
const APART: i64 = 10 * 60 * 1000;
/// Lines of a quote that are shown.
const QUOTED: usize = 3;

/// A conversation under way to the terminal.
pub(super) struct Page {
    when: When,
    room: usize,
    /// Where the unread part begins.
    new: Option<EntryKey>,
    ids: bool,
    day: Option<Date>,
    last: Option<Entry>,
}

impl Page {
    pub(super) fn new(when: When, room: usize, new: Option<EntryKey>, ids: bool) -> Self {
        Self {
            when,
            room,
            new,
            ids,
            day: None,
            last: None,
        }
    }

    /// Shows the next one.
    pub(super) fn add(&mut self, it: Entry) -> Result<(), Failure> {
        let day = self.when.date(it.key.time());
        let begins_day = self.day != Some(day);
        let begins_new = self.new.is_some_and(|new| it.key >= new);
        let goes_on =
            !begins_day && !begins_new && self.last.as_ref().is_some_and(|last| goes_on(last, &it));
        if !goes_on {
            self.seal()?;
        }
        if begins_day {
            self.day = Some(day);
            self.rule(&self.when.day(day), Paint::Dim)?;
        }
        if begins_new {
            self.new = None;
            self.rule("New", Paint::Yellow)?;
        }
        if it.event.is_some() && it.mail.is_none() {
            self.event(&it)?;
        } else {
            if !goes_on {
                self.head(&it)?;
            }
            self.body(&it)?;
        }
        self.last = Some(it);
        Ok(())
    }

    /// After the last one.
    pub(super) fn end(mut self) -> Result<(), Failure> {
        if self.last.is_none() {
            return self.text("Nothing is stored of this stretch.", "", Some(Paint::Dim));
        }
        self.seal()
    }

    /// Says under the last message of a group what became of it.
    fn seal(&mut self) -> Result<(), Failure> {
        let Some(last) = self.last.take() else {
            return Ok(());
        };
        if last.own && last.mail.is_none() && last.event.is_none() {
            let readers: Vec<&str> = last.readers.iter().map(|(name, _)| name.as_str()).collect();
            let marks = words::marks(&last);
            let sent = marks.iter().find(|mark| mark.starts_with('✓'));
            match (readers.is_empty(), sent) {
                (false, _) => self.text(
                    &format!("✓✓ seen by {}", readers.join(", ")),
                    "  ",
                    Some(Paint::Dim),
                )?,
                (true, Some(mark)) => self.text(mark, "  ", Some(Paint::Dim))?,
                (true, None) => {}
            }
        }
        Ok(())
    }

    fn rule(&self, title: &str, paint: Paint) -> Result<(), Failure> {
        let title = cut(title, self.room.saturating_sub(4));
        let side = self.room.min(72).saturating_sub(width(&title) + 2) / 2;
        let line = "─".repeat(side);
        output::line(&painted(paint, &format!("\n{line} {title} {line}")))
    }

    fn head(&self, it: &Entry) -> Result<(), Failure> {
        let time = self.when.clock(it.key.time());
        let who = output::safe(&one_line(words::sender(it)));
        let who = cut(&who, self.room.saturating_sub(time.len() + 2).max(1));
        output::line(&format!(
            "\n{}  {}",
            painted(Paint::Bold, &who),
            painted(Paint::Dim, &time)
        ))?;
        match &it.mail {
            Some(head) => self.mail_head(it, head),
            None => Ok(()),
        }
    }

    fn mail_head(&self, it: &Entry, head: &MailHead) -> Result<(), Failure> {
        for (name, list) in [("To", &head.to), ("Cc", &head.cc), ("Bcc", &head.bcc)] {
            if !list.is_empty() {
                self.text(
                    &format!("{name}: {}", addresses(list)),
                    "  ",
                    Some(Paint::Dim),
                )?;
            }
        }
        match it.subject.as_deref() {
            Some(subject) if !subject.is_empty() => self.text(subject, "  ", Some(Paint::Bold)),
            _ => Ok(()),
        }
    }

    fn event(&self, it: &Entry) -> Result<(), Failure> {
        let said = words::said(it);
        let text = if it.text.is_empty() {
            format!("· {} {said}", words::sender(it))
        } else {
            format!("· {said}")
        };
        self.text(&text, "  ", Some(Paint::Dim))
    }

    fn body(&self, it: &Entry) -> Result<(), Failure> {
        if let Some(quote) = &it.quote {
            let by = quote
                .by
                .as_deref()
                .map_or_else(String::new, |name| format!("{name}: "));
            let text = format!("{by}{}", one_line(&quote.text));
            let room = self.room.saturating_sub(4);
            let lines = wrap(&output::safe(&text), room);
            for (number, line) in lines.iter().take(QUOTED).enumerate() {
                let more = if number + 1 == QUOTED && lines.len() > QUOTED {
                    " …"
                } else {
                    ""
                };
                let line = cut(&format!("{line}{more}"), room);
                output::line(&painted(Paint::Dim, &format!("  │ {line}")))?;
            }
        }
        if it.deleted {
            self.text("(deleted)", "  ", Some(Paint::Dim))?;
        } else if !it.text.is_empty() {
            self.text(it.text.trim_end(), "  ", None)?;
        } else if it
            .mail
            .as_ref()
            .is_some_and(|head| head.extent != Extent::Full)
        {
            self.text("(not fetched yet)", "  ", Some(Paint::Dim))?;
        }
        for file in &it.attachments {
            self.text(
                &format!("[{}]", words::attachment(file)),
                "  ",
                Some(Paint::Cyan),
            )?;
        }
        self.below(it)
    }

    /// Reactions and marks.
    fn below(&self, it: &Entry) -> Result<(), Failure> {
        let mut parts: Vec<String> = Vec::new();
        let mut reactions = it.reactions.iter().peekable();
        while let Some(first) = reactions.next() {
            let mut by = vec![by(first)];
            while let Some(same) = reactions.next_if(|next| next.value == first.value) {
                by.push(self::by(same));
            }
            parts.push(format!("{} {}", first.value, by.join(", ")));
        }
        let marks = words::marks(it);
        parts.extend(
            marks
                .iter()
                .filter(|mark| !mark.starts_with('✓'))
                .map(|mark| (*mark).to_owned()),
        );
        if self.ids {
            parts.push(it.uid.to_string());
        }
        if parts.is_empty() {
            return Ok(());
        }
        self.text(&parts.join("  "), "  ", Some(Paint::Dim))
    }

    /// Text in lines that fit, each after an indent.
    fn text(&self, text: &str, indent: &str, paint: Option<Paint>) -> Result<(), Failure> {
        let room = self.room.saturating_sub(indent.len());
        let mut out = String::new();
        for line in wrap(&output::safe(text), room) {
            let line = if line.is_empty() {
                line
            } else {
                format!("{indent}{line}")
            };
            match paint {
                Some(paint) if !line.is_empty() => out.push_str(&painted(paint, &line)),
                _ => out.push_str(&line),
            }
            out.push('\n');
        }
        output::raw(out.as_bytes())
    }
}

fn by(reaction: &crate::model::inbox::StoredReaction) -> String {
    match &reaction.by {
        _ if reaction.own => "You".to_owned(),
        Some(name) => name.clone(),
        None => "somebody".to_owned(),
    }
}

/// Whether a message belongs under the head of the one before it.
fn goes_on(last: &Entry, it: &Entry) -> bool {
    let gap = it.key.time().as_millisecond() - last.key.time().as_millisecond();
    let plain = |entry: &Entry| entry.event.is_none() && entry.mail.is_none();
    plain(last) && plain(it) && last.own == it.own && last.sender_id == it.sender_id && gap <= APART
}

fn addresses(list: &[Address]) -> String {
    let one = |it: &Address| match &it.name {
        Some(name) if !name.is_empty() && *name != it.address => format!("{name} <{}>", it.address),
        _ => it.address.clone(),
    };
    list.iter().map(one).collect::<Vec<_>>().join(", ")
}
