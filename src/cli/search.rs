//! `onebox search`: finds words in everything that is stored.

use clap::Args;
use jiff::Zoned;

use super::form::{Form, Left};
use super::output::{self, Paint, painted};
use super::records::{self, Ids};
use super::when::When;
use super::{Failure, Globals, cells, stored};
use crate::model::inbox::StoredPerson;
use crate::store::search::{self, Excerpt, Hit, Names, Order, Query};
use crate::store::{Result as Stored, Store, read};

/// Finds messages, mails, people and conversations.
#[derive(Debug, Args)]
#[command(
    after_help = "Words find what begins with them; \"quotes\" keep words together; -word leaves out.\n  \
    from:NAME to:NAME in:CHAT account:NAME has:attachment|link|image|video|audio|file\n  \
    is:unread|read|starred|unanswered|archived|muted|mine before:DATE after:DATE\n\n\
    With --json, each line is a hit: id, type, chat_id, account_id, time, title, title_ranges, sender, own, subject, \
    subject_ranges, text, text_ranges, file, file_ranges. docs/shell.md describes the fields.\n\n\
    Examples:\n  onebox search invoice from:lea after:2026-10-01\n  onebox search --best '\"big green tick\" -draft'"
)]
pub(super) struct Arguments {
    /// What to find; in quotes where it begins with a minus or holds what the shell would take
    #[arg(value_name = "QUERY", required = true)]
    query: Vec<String>,
    /// What fits best first, instead of the newest
    #[arg(long)]
    best: bool,
    /// How many messages and mails at most; 0 for all
    #[arg(long, value_name = "N", default_value_t = 20)]
    limit: u32,
    #[command(flatten)]
    form: Form,
}

/// How many names are shown.
const NAMES: u32 = 5;

pub(super) fn run(arguments: &Arguments, globals: &Globals) -> Result<(), Failure> {
    let store = stored::open(globals)?;
    let query = Query::parse(&arguments.query.join(" "), &Zoned::now());
    for note in &query.notes {
        output::note(note);
    }
    let printer = Printer {
        ids: Ids::load(&store)?,
        when: When::here(),
        form: arguments.form,
    };
    // Filters are about what was said; names alone would not pass them.
    let mut found = false;
    if query.filters.is_empty() {
        let names = store.read_now(|db| search::find_names(db, &query, NAMES))?;
        found = !names.people.is_empty() || !names.conversations.is_empty();
        printer.names(&store, &names)?;
    }
    let order = if arguments.best {
        Order::Best
    } else {
        Order::Newest
    };
    let mut left = Left::of(arguments.limit);
    let mut place = None;
    while let Some(count) = left.next() {
        let mut window =
            store.read_now(|db| search::find(db, &query, order, place, count as usize))?;
        left.take(&mut window.hits);
        found |= !window.hits.is_empty();
        printer.hits(&store, &window.hits)?;
        place = window.more;
        if place.is_none() {
            break;
        }
    }
    if !found && !arguments.form.json {
        output::note("Nothing fits.");
    }
    Ok(())
}

struct Printer {
    ids: Ids,
    when: When,
    form: Form,
}

impl Printer {
    fn names(&self, store: &Store, names: &Names) -> Result<(), Failure> {
        for it in &names.people {
            let Some(person) = store.read_now(|db| read::people::get(db, it.key))? else {
                continue;
            };
            if self.form.json {
                records::print(&records::hit_of_person(&person, &it.name))?;
            } else {
                let about = networks(store, &person)?;
                let id = person.handles.first().map(records::handle_id);
                self.name(&it.name, &about, id.unwrap_or_default())?;
            }
        }
        for it in &names.conversations {
            if self.form.json {
                records::print(&records::hit_of_chat(it, &self.ids))?;
            } else {
                let Some(chat) = store.read_now(|db| read::conversations::get(db, it.key))? else {
                    continue;
                };
                let title = it.subject.as_ref().filter(|text| !text.ranges.is_empty());
                let about = format!("conversation · {}", chat.provider.label());
                self.name(title.unwrap_or(&it.title), &about, &it.uid)?;
            }
        }
        Ok(())
    }

    /// A person or a conversation, on one line.
    fn name(&self, name: &Excerpt, about: &str, id: &str) -> Result<(), Failure> {
        let room = output::width();
        let id = if self.form.ids {
            format!("  {}", output::safe(id))
        } else {
            String::new()
        };
        let taken = cells::width(&id);
        let name_room = cells::width(&name.text).min(room.saturating_sub(taken) * 2 / 3);
        let rest = room.saturating_sub(name_room + taken + 2);
        let about = painted(Paint::Dim, &cells::cut(&output::safe(about), rest));
        output::line(&format!("{}  {about}{id}", marked(name, name_room)))
    }

    fn hits(&self, store: &Store, hits: &[Hit]) -> Result<(), Failure> {
        for it in hits {
            if self.form.json {
                let uid = store.read_now(|db| read::conversations::uid(db, it.conversation))?;
                records::print(&records::hit(it, uid.as_deref(), &self.ids))?;
            } else {
                self.hit(it)?;
            }
        }
        Ok(())
    }

    fn hit(&self, it: &Hit) -> Result<(), Failure> {
        let room = output::width();
        let who = if it.own {
            "You"
        } else {
            it.sender_name.as_deref().unwrap_or("Somebody")
        };
        let head = if who == it.title {
            who.to_owned()
        } else {
            format!("{who} in {}", it.title)
        };
        let time = self.when.short(it.key.time());
        let id = if self.form.ids {
            format!("  {}", output::safe(it.uid.as_str()))
        } else {
            String::new()
        };
        let taken = cells::width(&time) + cells::width(&id) + 2;
        let head = cells::cut(
            &output::safe(&cells::one_line(&head)),
            room.saturating_sub(taken),
        );
        output::line(&format!(
            "\n{}  {}{id}",
            painted(Paint::Bold, &head),
            painted(Paint::Dim, &time)
        ))?;
        let parts = [it.subject.as_ref(), Some(&it.text), it.file.as_ref()];
        for part in parts
            .into_iter()
            .flatten()
            .filter(|part| !part.text.is_empty())
        {
            output::line(&format!("  {}", marked(part, room.saturating_sub(2))))?;
        }
        Ok(())
    }
}

fn networks(store: &Store, person: &StoredPerson) -> Stored<String> {
    let accounts = store.read_now(read::accounts::all)?;
    let mut names = vec!["person"];
    for handle in &person.handles {
        let account = accounts.iter().find(|it| it.key == handle.account);
        let label = account.map_or("", |it| it.provider.label());
        if !label.is_empty() && !names.contains(&label) {
            names.push(label);
        }
    }
    Ok(names.join(" · "))
}

/// A line that fits, with its hits in a colour.
fn marked(excerpt: &Excerpt, room: usize) -> String {
    let shown = cells::cut(&excerpt.text, room);
    let whole = shown == excerpt.text;
    let end = if whole {
        shown.len()
    } else {
        shown.len().saturating_sub('…'.len_utf8())
    };
    let plain = |from: usize, to: usize| {
        let text = shown.get(from..to).unwrap_or_default();
        output::safe(text).replace(['\n', '\t'], " ")
    };
    let mut out = String::new();
    let mut at = 0;
    for range in &excerpt.ranges {
        let (from, to) = (range.start.min(end), range.end.min(end));
        if from < to {
            out.push_str(&plain(at, from));
            out.push_str(&painted(Paint::Yellow, &plain(from, to)));
            at = to;
        }
    }
    out.push_str(&plain(at, shown.len()));
    out
}
