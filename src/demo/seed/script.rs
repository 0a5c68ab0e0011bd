//! Reads the hand-written conversations.

use super::BadText;
use super::when::{days_ago, length};
use crate::demo::assets::CHATS;
use crate::demo::rng::hash;
use crate::demo::world::chat::{Attachment, AttachmentKind, Chat, Message, Muted, Shape};
use crate::demo::world::{ME, World};

/// Adds every written conversation to the world.
pub(super) fn load(world: &mut World) -> Result<(), BadText> {
    for (file, text) in CHATS {
        let file = format!("chats/{file}");
        let mut reader = Reader {
            world,
            chat: None,
            when: When::Never,
        };
        for (number, line) in (1..).zip(text.lines()) {
            reader
                .line(line)
                .map_err(|problem| BadText::new(&file, format!("line {number}"), problem))?;
        }
        reader.finish();
    }
    Ok(())
}

/// Where the reader is in time.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum When {
    /// Still in the headers.
    Never,
    DaysAgo(i64),
    Now,
    Later,
}

struct Reader<'w> {
    world: &'w mut World,
    chat: Option<Chat>,
    when: When,
}

type Problem = String;

impl Reader<'_> {
    fn line(&mut self, line: &str) -> Result<(), Problem> {
        if let Some(slug) = line.strip_prefix("=== ") {
            self.finish();
            self.chat = Some(Chat {
                key: slug.trim().to_owned(),
                ..Chat::default()
            });
            self.when = When::Never;
            return Ok(());
        }
        if let Some(rest) = line.strip_prefix("    ") {
            return self.below(rest);
        }
        if line.trim().is_empty() || line.starts_with("# ") {
            return Ok(());
        }
        if let Some(day) = line.strip_prefix("## ") {
            self.when = match day.trim() {
                "now" => When::Now,
                "later" => When::Later,
                day => When::DaysAgo(
                    day.strip_suffix(" days ago")
                        .or_else(|| day.strip_suffix(" day ago"))
                        .and_then(|days| days.trim().parse().ok())
                        .ok_or("this is no day")?,
                ),
            };
            return Ok(());
        }
        if self.when == When::Never {
            self.header(line)
        } else {
            self.message(line)
        }
    }

    fn finish(&mut self) {
        if let Some(mut chat) = self.chat.take() {
            chat.provider_id = super::bulk::thread_id(self.world, &chat, hash(&chat.key));
            self.world.chats.push(chat);
        }
    }

    fn header(&mut self, line: &str) -> Result<(), Problem> {
        let (name, value) = line
            .split_once(':')
            .ok_or("a header looks like `name: value`")?;
        let value = value.trim();
        if name == "with" {
            let members = value
                .split(',')
                .map(|key| self.person(key.trim()))
                .collect::<Result<Vec<_>, _>>()?;
            let chat = self.chat()?;
            if members.len() > 1 && chat.shape == Shape::Single {
                chat.shape = Shape::Group;
            }
            chat.members = members;
            return Ok(());
        }
        if name == "account" {
            let at = self
                .world
                .account_by_key(value)
                .ok_or_else(|| format!("no account `{value}`"))?;
            self.chat()?.account = at;
            return Ok(());
        }
        let began = self.world.began;
        let chat = self.chat()?;
        let number = || value.parse().map_err(|_| format!("`{value}` is no number"));
        match name {
            "name" => {
                chat.name = Some(value.to_owned());
                if chat.shape == Shape::Single {
                    chat.shape = Shape::Group;
                }
            }
            "channel" => chat.shape = Shape::Channel,
            "subject" => chat.subject = Some(value.to_owned()),
            "content_type" => chat.content_type = Some(value.to_owned()),
            "unread" => chat.unread = number()?,
            "read_only" => chat.read_only = value.parse().map_err(|_| "`read_only` is 1 or 2")?,
            "pinned" => chat.pinned = value == "yes",
            "archived" => chat.archived = value == "yes",
            "organization" => chat.organization = true,
            "disabled" => {
                chat.disabled = value
                    .split(',')
                    .map(|word| word.trim().to_owned())
                    .collect();
            }
            "muted" if value == "yes" => chat.muted = Muted::ForEver,
            "muted" => {
                let days: i64 = value
                    .trim_end_matches(" days")
                    .parse()
                    .map_err(|_| "`muted` is `yes` or `N days`")?;
                chat.muted = Muted::Until(began + days * 86_400_000);
            }
            _ => return Err(format!("no header `{name}`")),
        }
        Ok(())
    }

    fn message(&mut self, line: &str) -> Result<(), Problem> {
        let (head, text) = line
            .split_once(": ")
            .or_else(|| line.strip_suffix(':').map(|head| (head, "")))
            .ok_or("a message looks like `09:41 who: text`")?;
        let (stamp, who) = if self.when == When::Later {
            ("", head)
        } else {
            head.split_once(' ')
                .ok_or("a message begins with its time")?
        };
        let from = if let Some(key) = who.strip_prefix("left:") {
            let person = self.person(key)?;
            let left = &mut self.chat()?.left;
            if !left.contains(&person) {
                left.push(person);
            }
            person
        } else {
            self.person(who)?
        };
        let began = self.world.began;
        let message = Message::said(from, 0, text.trim_end());
        if self.when == When::Later {
            self.chat()?.later.push_back((from, message));
            return Ok(());
        }
        let at = match self.when {
            When::DaysAgo(days) => days_ago(began, days, stamp),
            _ => length(stamp).map(|ago| began - ago),
        };
        let at = at.ok_or_else(|| format!("`{stamp}` is no time here"))?;
        let chat = self.chat()?;
        // Lines of the same minute keep their order, a few seconds apart.
        let at = chat.times.last().map_or(at, |last| {
            at.max(last + 4_000 + i64::from(from) * 37 % 9_000)
        });
        let n = u32::try_from(chat.times.len()).map_err(|_| "too many messages")?;
        chat.times.push(at);
        chat.stored.insert(n, Message { at, ..message });
        Ok(())
    }

    /// A line that belongs to the message above: more text, or a mark.
    fn below(&mut self, line: &str) -> Result<(), Problem> {
        let Some((mark, rest)) = line
            .trim_end()
            .strip_prefix('@')
            .map(|m| m.split_once(' ').unwrap_or((m, "")))
        else {
            let message = self.last()?;
            let text = message.text.get_or_insert_default();
            text.push('\n');
            text.push_str(line.trim_end());
            return Ok(());
        };
        match mark {
            "react" => {
                let (who, emoji) = rest.split_once(' ').ok_or("`@react WHO EMOJI`")?;
                let by = self.person(who.trim_start_matches("left:"))?;
                self.last()?.reactions.push((by, emoji.trim().to_owned()));
            }
            "quote" => self.last()?.quote = Some(self.earlier(rest)?),
            "thread" => self.last()?.parent = Some(self.earlier(rest)?),
            "event" => self.last()?.event = Some(event_number(rest)?),
            "gone" => {
                let attachment = self.last()?.attachments.last_mut();
                attachment
                    .ok_or("`@gone` needs an attachment above")?
                    .unavailable = true;
            }
            "edited" => self.last()?.edited = true,
            "deleted" => self.last()?.deleted = true,
            "hidden" => self.last()?.hidden = true,
            "silent" => self.last()?.silent = true,
            "forwarded" => self.last()?.forwarded = true,
            "seen" => {
                let message = self.last()?;
                (message.seen, message.delivered) = (true, true);
            }
            "delivered" => self.last()?.delivered = true,
            _ => {
                let attachment = attachment(mark, rest)?;
                self.last()?.attachments.push(attachment);
            }
        }
        Ok(())
    }

    fn chat(&mut self) -> Result<&mut Chat, Problem> {
        self.chat
            .as_mut()
            .ok_or_else(|| "this stands before the first `=== slug`".to_owned())
    }

    fn last(&mut self) -> Result<&mut Message, Problem> {
        let later = self.when == When::Later;
        let chat = self.chat()?;
        let last = if later {
            chat.later.back_mut().map(|(_, message)| message)
        } else {
            chat.stored
                .last_entry()
                .map(std::collections::btree_map::OccupiedEntry::into_mut)
        };
        last.ok_or_else(|| "there is no message above".to_owned())
    }

    /// The latest earlier message that holds some words.
    fn earlier(&mut self, words: &str) -> Result<u32, Problem> {
        let skip = usize::from(self.when != When::Later);
        let chat = self.chat()?;
        let found = chat
            .stored
            .iter()
            .rev()
            .skip(skip)
            .find(|(_, m)| m.text.as_ref().is_some_and(|t| t.contains(words)));
        found
            .map(|(n, _)| *n)
            .ok_or_else(|| format!("nothing above says `{words}`"))
    }

    fn person(&self, key: &str) -> Result<u32, Problem> {
        if key == "me" {
            return Ok(ME);
        }
        self.world
            .person_by_key(key)
            .ok_or_else(|| format!("nobody is called `{key}`"))
    }
}

fn event_number(word: &str) -> Result<u8, Problem> {
    Ok(match word {
        "reaction" => 1,
        "group_created" => 3,
        "title_changed" => 4,
        "participant_added" => 5,
        "participant_removed" => 6,
        "participant_left" => 7,
        "missed_voice" => 8,
        "missed_video" => 9,
        "other" => 12,
        _ => return Err(format!("no event `{word}`")),
    })
}

fn attachment(mark: &str, rest: &str) -> Result<Attachment, Problem> {
    let (name, seconds) = match rest.rsplit_once(' ') {
        Some((name, tail)) if tail.bytes().all(|b| b.is_ascii_digit()) => (name, tail.parse().ok()),
        _ => (rest, None),
    };
    let kind = match mark {
        "image" => AttachmentKind::Image,
        "sticker" => AttachmentKind::Sticker,
        "gif" => AttachmentKind::Gif,
        "video" => AttachmentKind::Video,
        "audio" => AttachmentKind::Audio,
        "file" => AttachmentKind::File,
        "meeting" => AttachmentKind::Meeting,
        "post" => AttachmentKind::Post,
        "odd" => AttachmentKind::Odd(rest.to_owned()),
        "voice" => {
            let seconds = rest.trim().parse().ok();
            return Ok(Attachment {
                kind: AttachmentKind::Voice,
                name: "voice.ogg".into(),
                seconds,
                ..Attachment::default()
            });
        }
        _ => return Err(format!("no mark `@{mark}`")),
    };
    Ok(Attachment {
        kind,
        name: name.to_owned(),
        seconds,
        ..Attachment::default()
    })
}
