//! What each tag does to the letter that is being made.

use super::build::{Builder, List};
use super::lex::Lexer;
use super::open::{Closed, Effects, is_list};
use super::picture::{self, Shown};
use super::style::Style;
use super::table::Frame;
use super::tags::Tag;
use crate::mail::history::{Hint, hint};
use crate::mail::letter::{Kind, Role};
use crate::mail::links;

impl<'a> Builder<'a> {
    pub fn open(&mut self, name: &'a str, lexer: &Lexer<'a>) {
        let tag = Tag::of(name);
        if tag == Tag::Void {
            return;
        }
        let style = lexer.attribute("style").map(|it| Style::of(&it));
        let style = style.unwrap_or_default();
        self.letter.remote += u32::from(style.fetches || lexer.has("background"));
        if tag == Tag::Picture {
            return self.picture(&style, lexer);
        }
        let effects = self.effects(tag, &style, lexer);
        if self.stack.now().hidden || effects.hidden {
            // Only that it ends must be known.
            let effects = Effects {
                hidden: true,
                ..Effects::default()
            };
            if !matches!(tag, Tag::Break | Tag::Rule) {
                self.stack.push(tag, name, effects);
            }
            return;
        }
        match tag {
            Tag::Break => self.line_break(),
            Tag::Rule => self.rule(),
            Tag::Table => self.open_table(name, effects, lexer),
            Tag::Row | Tag::Cell | Tag::HeadCell => self.open_cell(tag, name, effects, lexer),
            Tag::Bullets | Tag::Numbers => self.open_list(tag, name, effects, lexer),
            Tag::Item => self.open_item(name, effects, lexer),
            Tag::Other => {}
            Tag::Link => {
                let target = lexer.attribute("href");
                self.begin_anchor(target.and_then(|it| links::target(&it)));
                self.stack.push(tag, name, effects);
            }
            _ if tag.is_inline() => {
                self.stack.push(tag, name, effects);
            }
            _ => self.open_block(tag, name, effects, room(tag, &style, lexer)),
        }
    }

    /// What an element does to what is in it.
    fn effects(&mut self, tag: Tag, style: &Style, lexer: &Lexer<'a>) -> Effects {
        let (class, id) = (lexer.attribute("class"), lexer.attribute("id"));
        let mut effects = Effects {
            hidden: style.hidden || tag == Tag::Skipped || lexer.has("hidden"),
            tiny: style.tiny,
            strong: style.strong,
            emphasis: style.emphasis,
            struck: style.struck || tag == Tag::Struck,
            code: tag == Tag::Code,
            keep: style.keep,
            quote: tag == Tag::Quote,
            indent: tag == Tag::Definition,
            pre: tag == Tag::Pre && !lexer.has("wrap") && style.keep.is_none(),
            ..Effects::default()
        };
        match tag {
            Tag::Strong | Tag::HeadCell | Tag::Term => effects.strong = style.strong.or(Some(true)),
            Tag::Emphasis => effects.emphasis = style.emphasis.or(Some(true)),
            Tag::Heading(level) => effects.heading = Some(level),
            Tag::Pre => effects.keep = style.keep.or(Some(true)),
            _ => {}
        }
        effects.hidden |= !style.shown && self.sheet.hides(class.as_deref(), id.as_deref());
        let cite = tag == Tag::Quote
            && lexer
                .attribute("type")
                .is_some_and(|it| it.eq_ignore_ascii_case("cite"));
        let hint = hint(class.as_deref(), id.as_deref());
        match hint.or(cite.then_some(Hint::Quoted)) {
            Some(Hint::Signature) => effects.role = Some(Role::Signature),
            Some(Hint::Whole) => effects.role = Some(Role::History),
            Some(hint) => {
                self.edge(false);
                self.hints.push((self.letter.parts.len(), hint));
            }
            None => {}
        }
        effects
    }

    pub fn close(&mut self, name: &str) {
        let tag = Tag::of(name);
        match tag {
            Tag::Void | Tag::Rule | Tag::Picture => return,
            Tag::Break => return self.line_break(),
            _ if self.stack.closes_beyond() => return,
            Tag::Link => self.end_anchor(),
            _ => {}
        }
        let at = self.stack.closed_by(tag, name);
        if !tag.is_inline() && !self.stack.now().hidden {
            match tag {
                Tag::Cell | Tag::HeadCell | Tag::Row | Tag::Table => {
                    if at.is_some() {
                        self.end_cell();
                    }
                }
                Tag::Item => {
                    self.edge(false);
                    self.marker = None;
                }
                _ => self.edge(false),
            }
        }
        let Some(at) = at else { return };
        let room = self.stack.has_room(at);
        self.close_at(at);
        self.gap |= room && !self.stack.now().hidden;
    }

    fn line_break(&mut self) {
        if !self.stack.now().unseen() && self.writer.line_break() {
            self.edge(true);
        }
    }

    fn rule(&mut self) {
        self.edge(true);
        let after_rule = self
            .letter
            .parts
            .last()
            .is_none_or(|it| it.kind == Kind::Rule);
        if !after_rule {
            self.push(Kind::Rule);
        }
        self.gap = true;
    }

    /// Opens a block, which ends a paragraph.
    fn open_block(&mut self, tag: Tag, name: &'a str, mut effects: Effects, room: bool) {
        self.edge(room);
        if let Some(at) = self.stack.open_paragraph() {
            self.close_at(at);
        }
        if matches!(tag, Tag::Term | Tag::Definition) {
            let same = |it: Tag| matches!(it, Tag::Term | Tag::Definition);
            if let Some(at) = self.stack.find(same, |it| !it.is_inline()) {
                self.close_at(at);
            }
        }
        effects.room = room;
        self.stack.push(tag, name, effects);
    }

    fn open_list(&mut self, tag: Tag, name: &'a str, mut effects: Effects, lexer: &Lexer<'a>) {
        self.edge(self.lists.is_empty());
        effects.room = self.lists.is_empty();
        effects.list = true;
        effects.indent = true;
        let start = lexer
            .attribute("start")
            .and_then(|it| it.trim().parse().ok());
        let style = lexer.attribute("type").and_then(|it| it.bytes().next());
        if self.stack.push(tag, name, effects) {
            self.lists.push(List {
                next: (tag == Tag::Numbers).then_some(start.unwrap_or(1)),
                style: style.unwrap_or(b'1'),
            });
        }
    }

    fn open_item(&mut self, name: &'a str, effects: Effects, lexer: &Lexer<'a>) {
        self.edge(false);
        let open = self.stack.find(
            |it| it == Tag::Item,
            |it| is_list(it) || matches!(it, Tag::Cell | Tag::HeadCell),
        );
        if let Some(at) = open {
            self.close_at(at);
        }
        let value = lexer
            .attribute("value")
            .and_then(|it| it.trim().parse().ok());
        let depth = self.lists.len();
        self.marker = Some(match self.lists.last_mut() {
            Some(list) => list.marker(value, depth),
            None => "•".to_owned(),
        });
        self.stack.push(Tag::Item, name, effects);
    }

    fn open_table(&mut self, name: &'a str, mut effects: Effects, lexer: &Lexer<'a>) {
        self.edge(true);
        let role = lexer.attribute("role");
        let presents = role.is_some_and(|it| {
            it.eq_ignore_ascii_case("presentation") || it.eq_ignore_ascii_case("none")
        });
        let border = lexer.attribute("border").is_some_and(|it| it.trim() != "0");
        if let Some(outer) = self.tables.last_mut() {
            outer.nested = true;
        }
        effects.table = true;
        effects.room = true;
        if self.stack.push(Tag::Table, name, effects) {
            self.tables.push(Frame::new(presents, border));
        }
    }

    fn open_cell(&mut self, tag: Tag, name: &'a str, effects: Effects, lexer: &Lexer<'a>) {
        let row = tag == Tag::Row;
        let outer = self
            .stack
            .find(|it| it == Tag::Table || it == Tag::Row && !row, |_| false);
        let Some(outer) = outer else {
            self.edge(false);
            return;
        };
        self.end_cell();
        self.close_at(outer + 1);
        let from = self.letter.parts.len();
        if let Some(frame) = self.tables.last_mut() {
            if row {
                frame.end_row(from);
                // What follows is another line of a layout, if it is no row of figures.
                self.gap = true;
            } else {
                let wide = lexer
                    .attribute("colspan")
                    .and_then(|it| it.trim().parse().ok());
                frame.begin_cell(from, wide.unwrap_or(1), tag == Tag::HeadCell);
            }
        }
        self.stack.push(tag, name, effects);
    }

    pub(super) fn end_cell(&mut self) {
        self.end_anchor();
        self.edge(false);
        self.marker = None;
        if let Some(frame) = self.tables.last_mut() {
            frame.end_cell(self.letter.parts.len());
        }
    }

    pub(super) fn close_at(&mut self, at: usize) {
        let Closed { lists, tables } = self.stack.close(at);
        self.lists.truncate(self.lists.len().saturating_sub(lists));
        for _ in 0..tables {
            if let Some(frame) = self.tables.pop() {
                frame.settle(&mut self.letter.parts);
            }
        }
    }

    fn picture(&mut self, style: &Style, lexer: &Lexer<'a>) {
        let unseen = self.stack.now().hidden || style.hidden;
        match picture::of(style, lexer, unseen) {
            Shown::Nothing => {}
            Shown::Tracker => {
                self.letter.remote += 1;
                self.letter.trackers += 1;
            }
            Shown::Here { cid, words } => {
                self.edge(false);
                self.push(Kind::Picture { cid, words });
            }
            Shown::Elsewhere {
                remote,
                large,
                words,
            } => {
                self.letter.remote += u32::from(remote);
                if words.is_empty() {
                    if let Some(anchor) = self.anchor.as_mut().filter(|_| large) {
                        anchor.picture = true;
                    }
                } else {
                    self.say(&words);
                }
            }
        }
    }
}

/// Whether a block has room above and below.
fn room(tag: Tag, style: &Style, lexer: &Lexer<'_>) -> bool {
    match tag {
        // Outlook's paragraphs are lines.
        Tag::Paragraph => {
            let class = lexer.attribute("class");
            !style.flush
                && !class.is_some_and(|it| it.starts_with("Mso") || it.starts_with("x_Mso"))
        }
        Tag::Heading(_) | Tag::Quote | Tag::Pre => true,
        _ => false,
    }
}

impl List {
    /// The bullet or number of the next entry.
    fn marker(&mut self, value: Option<i64>, depth: usize) -> String {
        let Some(next) = &mut self.next else {
            let bullet = ["•", "◦", "▪"].get(depth.saturating_sub(1).min(2));
            return (*bullet.unwrap_or(&"•")).to_owned();
        };
        let number = value.unwrap_or(*next);
        *next = number.saturating_add(1);
        match self.style {
            b'a' => format!("{}.", letters(number)),
            b'A' => format!("{}.", letters(number).to_uppercase()),
            b'i' => format!("{}.", roman(number)),
            b'I' => format!("{}.", roman(number).to_uppercase()),
            _ => format!("{number}."),
        }
    }
}

/// 1 is a, 27 is aa.
fn letters(number: i64) -> String {
    let (mut out, mut rest) = (Vec::new(), number);
    if number < 1 {
        return number.to_string();
    }
    while rest > 0 {
        rest -= 1;
        out.push(char::from(
            b'a' + u8::try_from(rest % 26).unwrap_or_default(),
        ));
        rest /= 26;
    }
    out.iter().rev().collect()
}

fn roman(number: i64) -> String {
    if !(1..4000).contains(&number) {
        return number.to_string();
    }
    let steps = [
        (1000, "m"),
        (900, "cm"),
        (500, "d"),
        (400, "cd"),
        (100, "c"),
        (90, "xc"),
        (50, "l"),
        (40, "xl"),
        (10, "x"),
        (9, "ix"),
        (5, "v"),
        (4, "iv"),
        (1, "i"),
    ];
    let (mut out, mut rest) = (String::new(), number);
    for (value, sign) in steps {
        while rest >= value {
            out.push_str(sign);
            rest -= value;
        }
    }
    out
}
