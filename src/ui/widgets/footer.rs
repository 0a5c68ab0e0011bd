//! The line at the bottom: what can be done here and now, a question, or what was just done.

use ratatui::layout::Rect;

use crate::app::layer::Layer;
use crate::app::pointer::Target;
use crate::app::toast::Tone;
use crate::app::{Code, Command, Key, Pane, Screen, State};
use crate::ui::pen::Pen;
use crate::ui::scratch::Scratch;
use crate::ui::text;
use crate::ui::widgets::mail_form::review::send_key;

/// What can be done with a mail.
const OF_MAIL: &[Command] = &[
    Command::Reply,
    Command::ReplyAll,
    Command::Forward,
    Command::Archive,
    Command::OpenLink,
    Command::Download,
    Command::View,
    Command::Browser,
    Command::Copy,
    Command::Back,
    Command::Search,
    Command::Palette,
];

fn reads_mail(state: &State) -> bool {
    let thread = state.thread.as_ref();
    thread.is_some_and(|it| it.conversation.is_mail)
}

/// What is worth knowing in each pane, the most useful first.
fn hints(state: &State) -> &'static [Command] {
    if state.screen == Screen::Accounts {
        return &[
            Command::Open,
            Command::Pause,
            Command::Resync,
            Command::Back,
            Command::Palette,
        ];
    }
    match state.focus {
        Pane::Places => &[
            Command::Open,
            Command::PaneNext,
            Command::Switch,
            Command::Palette,
        ],
        // There is nothing that could be opened.
        Pane::List if state.list.rows.is_empty() => &[
            Command::Compose,
            Command::Search,
            Command::Switch,
            Command::AccountNext,
            Command::Palette,
        ],
        Pane::List => &[
            Command::Open,
            Command::Reply,
            Command::Archive,
            Command::Star,
            Command::Unread,
            Command::Mark,
            Command::Compose,
            Command::Search,
            Command::Switch,
            Command::AccountNext,
            Command::Palette,
        ],
        Pane::Thread if reads_mail(state) => OF_MAIL,
        Pane::Thread => &[
            Command::Reply,
            Command::Write,
            Command::React,
            Command::Forward,
            Command::Archive,
            Command::OpenLink,
            Command::Copy,
            Command::Back,
            Command::Search,
            Command::Palette,
        ],
        Pane::Compose if state.letter.is_some() => &[
            Command::Send,
            Command::Attach,
            Command::Editor,
            Command::MailOptions,
            Command::Leave,
            Command::SendLater,
            Command::Enlarge,
            Command::Discard,
        ],
        Pane::Compose => &[
            Command::Send,
            Command::NewLine,
            Command::Attach,
            Command::Editor,
            Command::SendLater,
            Command::Leave,
        ],
    }
}

/// Draws the line.
pub fn draw(pen: &mut Pen<'_>, area: Rect, state: &State, scratch: &mut Scratch) {
    let question = match state.layers.last() {
        Some(Layer::Confirm(confirm)) => Some(&confirm.question),
        Some(Layer::Doubt(doubt)) => Some(&doubt.question),
        _ => None,
    };
    if let Some(question) = question {
        let x = pen.fitted(
            area.x + 1,
            area.y,
            area.right().saturating_sub(14),
            question,
            pen.theme.warn,
        );
        pen.text(x + 2, area.y, "y yes  n no", pen.theme.strong);
        for (at, x, wide) in [(0, x + 2, 5), (1, x + 9, 4)] {
            let answer = Rect::new(x, area.y, wide, 1);
            scratch.hits.add(answer, Target::Item(at));
        }
        return;
    }
    let end = toast(pen, area, state, scratch);
    if let Some(layer) = state.layers.last() {
        in_window(pen, area, end, state, layer);
        return;
    }
    let help = width_of(state, Command::Help) + 3;
    let mut x = area.x + 1;
    for command in hints(state) {
        if x + width_of(state, *command) + help > end {
            break;
        }
        x = hint(pen, x, area.y, state, *command, scratch) + 2;
    }
    if x + help <= end + 2 && state.focus != Pane::Compose {
        hint(pen, x, area.y, state, Command::Help, scratch);
    }
}

/// What the keys do in a window; the list behind it has none of them.
fn in_window(pen: &mut Pen<'_>, area: Rect, end: u16, state: &State, layer: &Layer) {
    let enter = match layer {
        // It says so itself.
        Layer::NewChat(_) | Layer::Mail(_) => return,
        Layer::Confirm(_)
        | Layer::Doubt(_)
        | Layer::Messages(_)
        | Layer::Picture(_)
        | Layer::Reading(_) => "",
        Layer::Date(_) | Layer::Switch(_) | Layer::Search(_) => "go there",
        Layer::Palette(_) | Layer::Help(_) => "do it",
        Layer::Openables(_) => "open",
        Layer::Move(_) => "move there",
        Layer::Theme(..) => "keep it",
        Layer::Choose(_) => "choose",
    };
    let mut x = area.x + 1;
    for (key, word) in [(Code::Enter, enter), (Code::Esc, "close")] {
        let key = Key::plain(key).label(state.settings.ascii);
        if word.is_empty() || x + text::width(&key) + 1 + text::width(word) > end {
            continue;
        }
        x = pen.text(x, area.y, &key, pen.theme.focus);
        x = pen.text(x + 1, area.y, word, pen.theme.muted) + 2;
    }
}

/// The key that does it here: in a mail Enter begins a line.
fn key_of(state: &State, command: Command) -> Option<String> {
    let mail = state.focus == Pane::Compose && state.letter.is_some();
    if mail && command == Command::Send {
        return Some(send_key(state)).filter(|it| !it.is_empty());
    }
    state.settings.keymap.key(command, state.settings.ascii)
}

fn width_of(state: &State, command: Command) -> u16 {
    key_of(state, command).map_or(0, |key| {
        text::width(&key) + 1 + text::width(command.row().short)
    })
}

fn hint(
    pen: &mut Pen<'_>,
    x: u16,
    y: u16,
    state: &State,
    command: Command,
    scratch: &mut Scratch,
) -> u16 {
    let Some(key) = key_of(state, command) else {
        return x;
    };
    let theme = pen.theme;
    let after = pen.text(x, y, &key, theme.focus);
    let after = pen.text(after + 1, y, command.row().short, theme.muted);
    scratch.hits.add(
        Rect::new(x, y, after.saturating_sub(x), 1),
        Target::Command(command),
    );
    after
}

/// Draws what was just said, at the right; gives where it begins.
fn toast(pen: &mut Pen<'_>, area: Rect, state: &State, scratch: &mut Scratch) -> u16 {
    let end = area.right().saturating_sub(1);
    let theme = pen.theme;
    if let Some(file) = &state.fetching {
        let far = match file.of.filter(|it| *it > 0) {
            Some(of) => format!("{} %", file.bytes.min(of) * 100 / of),
            None => format!("{} KB", file.bytes / 1000),
        };
        let name = text::cut(&file.name, 24);
        let line = format!("↓ {name} {far} · Esc stops");
        return pen.right(end, area.y, &line, theme.focus).saturating_sub(2);
    }
    let Some(toast) = state.toasts.shown(state.now) else {
        return end;
    };
    let style = match toast.tone {
        Tone::Plain => theme.text,
        Tone::Good => theme.ok,
        Tone::Bad => theme.error,
    };
    let mut start = end;
    if toast.undo {
        // Letters are text while something is being written.
        let undo = if state.focus == Pane::Compose {
            Command::UndoTyping
        } else {
            Command::Undo
        };
        let wide = width_of(state, undo);
        start = start.saturating_sub(wide);
        hint(pen, start, area.y, state, undo, scratch);
        start = start.saturating_sub(3);
    }
    let line = text::cut(&toast.text, start.saturating_sub(area.x + 12));
    pen.right(start, area.y, &line, style).saturating_sub(2)
}
