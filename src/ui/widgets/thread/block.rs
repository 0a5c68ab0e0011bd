//! A piece of the conversation worked out into lines: which words stand where and in which role. Blocks are kept
//! between frames, so they know no colours and hold nothing of the state.

use std::ops::Range;

use ratatui::style::{Modifier, Style};

use crate::model::account::Provider;
use crate::model::inbox::{AttachmentKey, Entry, PictureOwner};
use crate::ui::text;
use crate::ui::theme::Theme;

/// What words are, for the theme to decide how they look.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Role {
    Text,
    Strong,
    Muted,
    Faint,
    /// Told by nobody: events, what is gone.
    Told,
    /// A name in the colour of its network, or in one of its own.
    Name(Option<u8>),
    Link,
    Hit,
    Focus,
    Rule,
    Warn,
    Error,
    Chip,
    ChipOwn,
    /// Words of a letter.
    Said(Looks),
    /// The bar beside a quote, by how deep it is.
    Bar(u8),
}

/// How words of a letter look.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash)]
pub struct Looks {
    pub strong: bool,
    pub emphasis: bool,
    pub code: bool,
    pub struck: bool,
    pub link: bool,
    /// Somebody else's, or of less weight.
    pub quiet: bool,
}

impl Looks {
    fn style(self, theme: &Theme) -> Style {
        let mut style = match self {
            Self { link: true, .. } => theme.link,
            Self {
                strong: true,
                quiet: false,
                ..
            } => theme.strong,
            Self { quiet: true, .. } => theme.muted,
            _ => theme.text,
        };
        if self.code {
            style = style.patch(theme.selected);
        }
        for (is_so, modifier) in [
            (self.strong, Modifier::BOLD),
            (self.emphasis, Modifier::ITALIC),
            (self.struck, Modifier::CROSSED_OUT),
        ] {
            if is_so {
                style = style.add_modifier(modifier);
            }
        }
        style
    }
}

impl Role {
    pub fn style(self, theme: &Theme, provider: &Provider) -> Style {
        match self {
            Self::Text => theme.text,
            Self::Strong => theme.strong,
            Self::Muted => theme.muted,
            Self::Faint => theme.faint,
            Self::Told => theme.muted.add_modifier(Modifier::ITALIC),
            Self::Name(person) => theme.person(provider, person).add_modifier(Modifier::BOLD),
            Self::Link => theme.link,
            Self::Hit => theme.hit,
            Self::Focus => theme.focus,
            Self::Rule => theme.border,
            Self::Warn => theme.warn,
            Self::Error => theme.error,
            Self::Chip => theme.text.patch(theme.selected),
            Self::ChipOwn => theme.focus.patch(theme.selected),
            Self::Said(looks) => looks.style(theme),
            Self::Bar(depth) => theme.person(provider, Some(depth)),
        }
    }
}

/// What a click on words means.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Mark {
    Link(usize),
    Attachment(usize),
    Quote,
    /// Unfolds or folds.
    Fold,
    /// Who gets it.
    Addresses,
}

/// Words at a place of a line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Span {
    pub x: u16,
    pub wide: u16,
    /// Bytes of the block's text.
    words: Range<usize>,
    pub role: Role,
    pub mark: Option<Mark>,
}

/// One line.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Line {
    spans: Range<usize>,
    /// Column and width of the owner's background.
    pub fill: Option<(u16, u16)>,
    /// Where in the entry's words it begins.
    pub byte: u32,
}

/// Words of a text that are not like the rest of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Piece {
    pub at: Range<usize>,
    pub role: Role,
    pub mark: Option<Mark>,
}

/// The picture beside the first lines of a run.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Face {
    pub name: String,
    pub picture: Option<PictureOwner>,
    pub person: Option<u8>,
}

impl Face {
    pub fn of(entry: &Entry, name: String, person: Option<u8>) -> Self {
        let picture = entry.sender.map(PictureOwner::Handle);
        Self {
            name,
            picture,
            person,
        }
    }
}

/// A picture that takes lines of its own.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Shown {
    pub line: usize,
    pub x: u16,
    pub room: (u16, u16),
    pub key: AttachmentKey,
}

/// A piece of the conversation as lines.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Block {
    width: u16,
    text: String,
    spans: Vec<Span>,
    pub lines: Vec<Line>,
    /// How many lines stand over the first one of the words: gap, day, name.
    pub lead: usize,
    /// The line where the entry itself begins, its name included.
    pub begins: usize,
    /// Whose picture stands beside, and on which line it begins.
    pub face: Option<(usize, Face)>,
    pub pictures: Vec<Shown>,
    /// Whether it counts down seconds.
    pub counts: bool,
}

impl Block {
    pub fn new(width: u16) -> Self {
        Self {
            width,
            ..Self::default()
        }
    }

    /// Begins a line.
    pub fn line(&mut self) -> &mut Self {
        let end = self.spans.len();
        self.lines.push(Line {
            spans: end..end,
            ..Line::default()
        });
        self
    }

    /// Writes words from a column on, cut before another, and gives the column behind them.
    pub fn put(&mut self, x: u16, end: u16, words: &str, role: Role, mark: Option<Mark>) -> u16 {
        let end = end.min(self.width);
        let cut = text::cut(words, end.saturating_sub(x));
        let start = self.text.len();
        self.text.push_str(&cut);
        self.place(x, start..self.text.len(), role, mark)
    }

    /// Writes words that end before a column, where there is room behind another; gives where they begin.
    pub fn put_right(&mut self, from: u16, end: u16, words: &str, role: Role) -> u16 {
        let end = end.min(self.width);
        let x = end.saturating_sub(text::width(words));
        if x < from {
            return end;
        }
        self.put(x, end, words, role, None);
        x
    }

    /// Writes words in the middle of a line.
    pub fn put_middle(&mut self, words: &str, role: Role) {
        let x = self.width.saturating_sub(text::width(words)) / 2;
        self.put(x, self.width, words, role, None);
    }

    /// A rule across, with words in it.
    pub fn rule(&mut self, words: &str, role: Role) {
        let (start, end) = (1, self.width.saturating_sub(1));
        self.line();
        let wide = text::width(words);
        if wide == 0 {
            let dashes = "─".repeat(end.saturating_sub(start).into());
            self.put(start, end, &dashes, Role::Rule, None);
            return;
        }
        let room = end.saturating_sub(start);
        let left = room.saturating_sub(wide + 2) / 2;
        let right = room.saturating_sub(wide + 2 + left);
        let x = self.put(start, end, &"─".repeat(left.into()), Role::Rule, None);
        let x = self.put(x + 1, end, words, role, None);
        self.put(x + 1, end, &"─".repeat(right.into()), Role::Rule, None);
    }

    /// Writes a text over as many lines as it takes, at most `most`; gives whether that was all of it.
    pub fn wrapped(
        &mut self,
        x: u16,
        room: u16,
        words: &str,
        pieces: &[Piece],
        role: Role,
        most: usize,
    ) -> bool {
        self.flow((x, room), words, pieces, role, most, |_, _| {})
    }

    /// The same, with something before each line, which is told its number.
    pub fn flow(
        &mut self,
        (x, room): (u16, u16),
        words: &str,
        pieces: &[Piece],
        role: Role,
        most: usize,
        mut before: impl FnMut(&mut Self, usize),
    ) -> bool {
        let base = self.text.len();
        self.text.push_str(words);
        let lines = text::wrap(words, room, most);
        let end = lines.last().map_or(0, |it| it.end);
        let mut pieces = pieces.iter().peekable();
        for (number, line) in lines.into_iter().enumerate() {
            self.line();
            before(self, number);
            if let Some(it) = self.lines.last_mut() {
                it.byte = u32::try_from(line.start).unwrap_or(u32::MAX);
            }
            let (mut at, mut x) = (line.start, x);
            while at < line.end {
                while pieces.next_if(|it| it.at.end <= at).is_some() {}
                let (until, role, mark) = match pieces.peek() {
                    Some(it) if it.at.start <= at => (it.at.end, it.role, it.mark),
                    Some(it) => (it.at.start, role, None),
                    None => (line.end, role, None),
                };
                let until = until.min(line.end);
                x = self.place(x, base + at..base + until, role, mark);
                at = until;
            }
        }
        words.get(end..).unwrap_or_default().trim().is_empty()
    }

    /// Writes words with their looks on the last line, all that there is room for.
    pub fn run(&mut self, x: u16, words: &str, pieces: &[Piece], role: Role) -> u16 {
        let base = self.text.len();
        self.text.push_str(words);
        let (mut at, mut x) = (0, x);
        for piece in pieces {
            x = self.place(x, base + at..base + piece.at.start, role, None);
            x = self.place(
                x,
                base + piece.at.start..base + piece.at.end,
                piece.role,
                piece.mark,
            );
            at = piece.at.end;
        }
        self.place(x, base + at..base + words.len(), role, None)
    }

    fn place(&mut self, x: u16, words: Range<usize>, role: Role, mark: Option<Mark>) -> u16 {
        let wide = text::width(self.text.get(words.clone()).unwrap_or_default());
        // What has no room is not there at all.
        if x.saturating_add(wide) > self.width || self.lines.is_empty() {
            return x;
        }
        self.spans.push(Span {
            x,
            wide,
            words,
            role,
            mark,
        });
        let end = self.spans.len();
        if let Some(line) = self.lines.last_mut() {
            line.spans.end = end;
        }
        x + wide
    }

    /// Makes lines from one on a block of the owner's that ends before a column.
    pub fn own(&mut self, from: usize, wide: u16, end: u16) {
        let shift = end.saturating_sub(wide);
        let Some(lines) = self.lines.get_mut(from..) else {
            return;
        };
        for it in self.pictures.iter_mut().filter(|it| it.line >= from) {
            it.x += shift;
        }
        for line in lines {
            line.fill = Some((shift, wide));
            for span in self.spans.get_mut(line.spans.clone()).into_iter().flatten() {
                span.x += shift;
            }
        }
    }

    /// The column behind the last words of a line.
    pub fn end_of(&self, line: usize) -> u16 {
        let pictures = self.pictures.iter();
        let behind = pictures
            .filter(|it| (it.line..it.line + usize::from(it.room.1)).contains(&line))
            .map(|it| it.x + it.room.0);
        let line = self.lines.get(line);
        let spans = line.map(|it| self.spans_of(it)).unwrap_or_default();
        let words = spans.last().map(|it| it.x + it.wide);
        words.into_iter().chain(behind).max().unwrap_or(0)
    }

    /// Leaves lines for a picture.
    pub fn picture(&mut self, x: u16, room: (u16, u16), key: AttachmentKey) {
        let line = self.lines.len();
        for _ in 0..room.1 {
            self.line();
        }
        self.pictures.push(Shown { line, x, room, key });
    }

    /// Adds words to a line that is not the last one.
    pub fn add_to(&mut self, line: usize, x: u16, words: &str, role: Role) {
        let start = self.text.len();
        self.text.push_str(words);
        let wide = text::width(words);
        if x.saturating_add(wide) > self.width {
            return;
        }
        let Some(at) = self.lines.get(line).map(|it| it.spans.end) else {
            return;
        };
        let span = Span {
            x,
            wide,
            words: start..self.text.len(),
            role,
            mark: None,
        };
        self.spans.insert(at, span);
        for (place, it) in self.lines.iter_mut().enumerate().skip(line) {
            it.spans.end += 1;
            if place > line {
                it.spans.start += 1;
            }
        }
    }

    pub fn spans_of(&self, line: &Line) -> &[Span] {
        self.spans.get(line.spans.clone()).unwrap_or_default()
    }

    pub fn words(&self, span: &Span) -> &str {
        self.text.get(span.words.clone()).unwrap_or_default()
    }
}
