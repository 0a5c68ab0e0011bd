//! A mail as it is read: paragraphs, lists, quotes with a bar for each depth, tables, pictures where they stand; links
//! are numbered, and listed at the end.

use std::collections::BTreeMap;

use super::block::{Block, Looks, Mark, Piece, Role};
use super::look::Look;
use super::message::MOST;
use super::{body, table};
use crate::app::Command;
use crate::app::pictures;
use crate::app::thread::brief::Stretch;
use crate::mail::letter::{Kind, Letter, Link, Part, Span, Words};
use crate::mail::links::host;
use crate::model::inbox::{Entry, StoredAttachment};
use crate::ui::text;
use crate::ui::widgets::picture;

/// No more bars are drawn beside a quote.
const BARS: u16 = 8;
/// Links above this number are only counted.
const LISTED: usize = 12;
/// All that is unfolded lists more.
const LISTED_ALL: usize = 200;

/// Writes a letter, or the stretches of it that are shown.
pub fn write(
    block: &mut Block,
    entry: &Entry,
    letter: &Letter,
    stretches: &[Stretch],
    look: &Look<'_>,
    (x, end): (u16, u16),
) {
    let mut writer = Writer {
        block,
        entry,
        letter,
        look,
        x,
        end,
        read: 1,
        links: BTreeMap::new(),
        before: None,
    };
    for stretch in stretches {
        match stretch {
            Stretch::Shown { parts, end } => writer.parts(parts.clone(), *end),
            Stretch::Folded { lines, signature } => writer.folded(*lines, *signature),
            Stretch::More { lines } => writer.more(*lines),
        }
    }
    let is_whole = !stretches
        .iter()
        .any(|it| matches!(it, Stretch::Folded { .. } | Stretch::More { .. }));
    writer.list(if is_whole { LISTED_ALL } else { LISTED });
    writer.rest();
}

/// Words as they are written into a block.
pub struct Inked {
    pub text: String,
    pub pieces: Vec<Piece>,
}

struct Writer<'w> {
    block: &'w mut Block,
    entry: &'w Entry,
    letter: &'w Letter,
    look: &'w Look<'w>,
    x: u16,
    end: u16,
    /// How many bytes of words were written, and one.
    read: u32,
    /// The links that are shown, and whether their words say where they lead.
    links: BTreeMap<usize, bool>,
    /// How deep the part before was quoted.
    before: Option<u16>,
}

impl Writer<'_> {
    fn parts(&mut self, shown: std::ops::Range<usize>, end: Option<usize>) {
        let last = shown.end.saturating_sub(1);
        for at in shown {
            if self.block.lines.len() >= MOST {
                let words = "┆ and more, too much to show";
                self.line(words, Role::Muted, None);
                return;
            }
            let letter = self.letter;
            let Some(part) = letter.parts.get(at) else {
                return;
            };
            self.part(part, end.filter(|_| at == last));
        }
    }

    fn line(&mut self, words: &str, role: Role, mark: Option<Mark>) {
        let (x, end) = (self.x, self.end);
        self.block.line().put(x, end, words, role, mark);
    }

    fn bars(&self, part: &Part) -> u16 {
        let room = self.end.saturating_sub(self.x);
        u16::from(part.quote).min(BARS).min(room / 6)
    }

    fn part(&mut self, part: &Part, cut: Option<usize>) {
        let bars = self.bars(part);
        if let Some(before) = self.before
            && !part.close
        {
            self.block.line();
            draw_bars(self.block, self.x, before.min(bars));
        }
        self.before = Some(bars);
        let first = self.block.lines.len();
        let room = self.end.saturating_sub(self.x);
        let indent = u16::from(part.indent).min(room / 8);
        let left = self.x + bars * 2;
        let looks = Looks {
            quiet: part.quote > 0,
            ..Looks::default()
        };
        match &part.kind {
            Kind::Paragraph(words) => self.words(words, looks, (left + indent * 2, bars), cut),
            Kind::Heading(_, words) => {
                let strong = true;
                let looks = Looks { strong, ..looks };
                self.words(words, looks, (left + indent * 2, bars), cut);
            }
            Kind::Item(bullet, words) => {
                self.item(
                    bullet,
                    words,
                    looks,
                    (left + indent.saturating_sub(1) * 2, bars),
                    cut,
                );
            }
            Kind::Code(code) => {
                let code = code.get(..cut.unwrap_or(code.len())).unwrap_or(code);
                let (x, bars_at, from) = (left + indent * 2, self.x, left + indent * 2);
                let end = self.end;
                self.flow(code, &[], Role::Said(looks), x + 2, |block, _| {
                    draw_bars(block, bars_at, bars);
                    block.put(from, end, "┊", Role::Faint, None);
                });
            }
            Kind::Table(rows) => {
                let rows: Vec<Vec<Inked>> = rows
                    .iter()
                    .map(|row| row.iter().map(|it| self.ink(it, looks)).collect())
                    .collect();
                let (x, end, quoted) = (left + indent * 2, self.end, self.x);
                table::write(self.block, (x, end), &rows, Role::Said(looks), |block| {
                    draw_bars(block, quoted, bars);
                });
            }
            Kind::Picture { cid, words } => self.picture(cid, words, (left + indent * 2, bars)),
            Kind::Rule => {
                self.block.line();
                draw_bars(self.block, self.x, bars);
                let dashes = "─".repeat(self.end.saturating_sub(left).into());
                self.block.put(left, self.end, &dashes, Role::Rule, None);
            }
        }
        self.count(first);
    }

    /// Tells each new line where it begins in all that is read.
    fn count(&mut self, first: usize) {
        let mut last = 0;
        for line in self.block.lines.iter_mut().skip(first) {
            last = line.byte;
            line.byte = line.byte.saturating_add(self.read);
        }
        let lines = self.block.lines.len().saturating_sub(first);
        let lines = u32::try_from(lines).unwrap_or(u32::MAX);
        self.read = self.read.saturating_add(last).saturating_add(lines);
    }

    fn flow(
        &mut self,
        words: &str,
        pieces: &[Piece],
        role: Role,
        x: u16,
        before: impl FnMut(&mut Block, usize),
    ) {
        let room = self.end.saturating_sub(x);
        let most = MOST.saturating_sub(self.block.lines.len());
        self.block
            .flow((x, room), words, pieces, role, most, before);
    }

    fn words(&mut self, words: &Words, looks: Looks, (left, bars): (u16, u16), cut: Option<usize>) {
        let inked = self.cut(words, looks, cut);
        let x = self.x;
        self.flow(
            &inked.text,
            &inked.pieces,
            Role::Said(looks),
            left,
            |block, _| {
                draw_bars(block, x, bars);
            },
        );
    }

    fn item(
        &mut self,
        bullet: &str,
        words: &Words,
        looks: Looks,
        (left, bars): (u16, u16),
        cut: Option<usize>,
    ) {
        let inked = self.cut(words, looks, cut);
        let (x, end) = (self.x, self.end);
        let wide = text::width(bullet).min(8);
        let bullet = text::cut(bullet, wide).into_owned();
        self.flow(
            &inked.text,
            &inked.pieces,
            Role::Said(looks),
            left + wide + 1,
            |block, line| {
                draw_bars(block, x, bars);
                if line == 0 {
                    block.put(left, end, &bullet, Role::Muted, None);
                }
            },
        );
    }

    fn cut(&mut self, words: &Words, looks: Looks, cut: Option<usize>) -> Inked {
        let Some(end) = cut else {
            return self.ink(words, looks);
        };
        let text = words.text.get(..end).unwrap_or(&words.text).to_owned();
        let spans = words.spans.iter().filter(|it| it.at.start < end);
        let spans = spans.map(|it| Span {
            at: it.at.start..it.at.end.min(end),
            ..it.clone()
        });
        let spans = spans.collect();
        self.ink(&Words { text, spans }, looks)
    }

    /// Words with their looks, a number behind each link, and a warning behind those that pretend.
    fn ink(&mut self, words: &Words, looks: Looks) -> Inked {
        let (mut out, mut pieces, mut done) = (String::new(), Vec::new(), 0);
        let mut spans = words.spans.iter().peekable();
        // Where the words of the link begin.
        let mut begun = None;
        while let Some(span) = spans.next() {
            let between = words.text.get(done..span.at.start).unwrap_or_default();
            out.push_str(between);
            let start = out.len();
            out.push_str(words.text.get(span.at.clone()).unwrap_or_default());
            done = span.at.end.max(done);
            let looks = Looks {
                strong: span.strong || looks.strong,
                emphasis: span.emphasis,
                code: span.code,
                struck: span.struck,
                link: span.link.is_some(),
                quiet: looks.quiet,
            };
            pieces.push(Piece {
                at: start..out.len(),
                role: Role::Said(looks),
                mark: span.link.map(Mark::Link),
            });
            let Some(number) = span.link else { continue };
            let begins = *begun.get_or_insert(start);
            let goes_on = |next: &&Span| next.link == span.link && next.at.start == span.at.end;
            if spans.peek().is_some_and(goes_on) {
                continue;
            }
            begun = None;
            self.number(number, begins, &mut out, &mut pieces);
        }
        out.push_str(words.text.get(done..).unwrap_or_default());
        let hits = body::hits(&out, self.look.found);
        let pieces = body::layered(pieces, &hits);
        Inked { text: out, pieces }
    }

    fn number(&mut self, number: usize, begins: usize, out: &mut String, pieces: &mut Vec<Piece>) {
        let Some(link) = self.letter.links.get(number) else {
            return;
        };
        let written = out.get(begins..).unwrap_or_default().trim();
        let says = says_itself(written, &link.target);
        let known = self.links.entry(number).or_insert(true);
        *known &= says;
        // An address of a person needs no number to be understood.
        if says && link.target.starts_with("mailto:") {
            return;
        }
        let mark = Some(Mark::Link(number));
        let mut add = |words: &str, role| {
            let start = out.len();
            out.push_str(words);
            let at = start..out.len();
            pieces.push(Piece { at, role, mark });
        };
        // The number stays with the words before it.
        add(&format!("\u{a0}[{}]", number + 1), Role::Faint);
        if let Some(warning) = warning(link) {
            add(&format!(" {warning}"), Role::Warn);
        }
    }

    /// A picture that came with the mail, where it stands; words for it until it is here.
    fn picture(&mut self, cid: &str, words: &str, (left, bars): (u16, u16)) {
        let mut files = self.entry.attachments.iter();
        let file = files.find(|it| it.cid.as_deref() == Some(cid));
        let file = file.filter(|it| !it.unavailable);
        let key = file.map(|it| pictures::key(self.entry.key, it));
        let (look, end) = (self.look, self.end);
        if let (Some(file), Some(key)) = (file, &key)
            && look.pictures.is_here(key)
        {
            let room = picture::room(file, end.saturating_sub(left));
            let first = self.block.lines.len();
            self.block.picture(left, room, key.clone());
            for line in first..self.block.lines.len() {
                for bar in 0..bars {
                    let role = Role::Bar(u8::try_from(bar).unwrap_or(0));
                    self.block.add_to(line, self.x + bar * 2, "▎", role);
                }
            }
            return;
        }
        self.block.line();
        draw_bars(self.block, self.x, bars);
        let block = &mut *self.block;
        let x = block.put(left, end, "📷", Role::Text, None);
        let named = file.and_then(|it: &StoredAttachment| it.name.as_deref());
        let words = Some(words.trim()).filter(|it| !it.is_empty()).or(named);
        let x = block.put(x + 1, end, words.unwrap_or("a picture"), Role::Muted, None);
        let fetching = key.is_some_and(|it| look.pictures.is_fetching(&it));
        let show = look.key(Command::Preview);
        if fetching {
            block.put(x + 2, end, "being fetched…", Role::Faint, None);
        } else if file.is_none() {
            block.put(x + 2, end, "did not come with the mail", Role::Faint, None);
        } else if !show.is_empty() && x + 8 + text::width(&show) < end {
            let x = block.put(x + 2, end, &show, Role::Focus, None);
            block.put(x + 1, end, "show", Role::Faint, None);
        }
    }

    /// What is folded, and the key that unfolds it.
    fn folded(&mut self, lines: usize, signature: bool) {
        let key = self.look.key(Command::Open);
        let quoted = match lines {
            1 => "1 quoted line".to_owned(),
            _ => format!("{} quoted lines", grouped(lines)),
        };
        let what = match (lines, signature) {
            (0, _) => "signature".to_owned(),
            (_, true) => format!("signature and {quoted}"),
            (_, false) => quoted,
        };
        self.block.line();
        self.line(
            &format!("┆ {what}, {key} unfolds"),
            Role::Muted,
            Some(Mark::Fold),
        );
        self.before = Some(0);
    }

    fn more(&mut self, lines: usize) {
        let key = self.look.key(Command::Open);
        let words = match lines {
            0 | 1 => format!("… and more, {key} shows all"),
            _ => format!("… {} more lines, {key} shows all", grouped(lines)),
        };
        self.line(&words, Role::Muted, Some(Mark::Fold));
    }

    /// Where the links lead that do not say so themselves.
    fn list(&mut self, most: usize) {
        let listed: Vec<usize> = self
            .links
            .iter()
            .filter(|(_, says)| !**says)
            .map(|(number, _)| *number)
            .collect();
        if listed.is_empty() {
            return;
        }
        self.block.line();
        let wide = listed.last().map_or(1, |it| (it + 1).to_string().len()) + 2;
        for number in listed.iter().take(most) {
            let Some(link) = self.letter.links.get(*number) else {
                continue;
            };
            self.listed(*number, link, wide);
        }
        let left = listed.len().saturating_sub(most);
        if left > 0 {
            let key = self.look.key(Command::OpenLink);
            let words = format!("┆ {left} more links, {key} opens any");
            self.line(&words, Role::Muted, None);
        }
    }

    fn listed(&mut self, number: usize, link: &Link, wide: usize) {
        let (x, end, mark) = (self.x, self.end, Some(Mark::Link(number)));
        let name = format!("[{}]", number + 1);
        let to = host(&link.target);
        let block = &mut *self.block;
        block.line().put(x, end, &name, Role::Faint, mark);
        let x = x + u16::try_from(wide).unwrap_or(4) + 1;
        let after = block.put(x, end, to, Role::Link, mark);
        let rest = link.target.split_once(to).map_or("", |(_, rest)| rest);
        if rest.len() > 1 && after + 4 < end {
            block.put(after + 1, end, rest, Role::Faint, mark);
        }
        if let Some(warning) = warning(link) {
            block.wrapped(x, end.saturating_sub(x), &warning, &[], Role::Warn, 3);
        }
    }

    /// What was left out of it, and kept from being fetched.
    fn rest(&mut self) {
        let letter = self.letter;
        let (x, room) = (self.x, self.end.saturating_sub(self.x));
        if letter.cut {
            let key = self.look.key(Command::Browser);
            let words = format!("┆ the rest is too much to show here, {key} opens the browser");
            self.block.wrapped(x, room, &words, &[], Role::Muted, 3);
        }
        let count = |count: u32, one: &str| match count {
            0 => None,
            1 => Some(format!("1 {one}")),
            _ => Some(format!("{} {one}s", grouped(count as usize))),
        };
        let trackers = count(letter.trackers, "tracker").map(|it| format!("{it} blocked"));
        let pictures = letter.remote.saturating_sub(letter.trackers);
        let pictures = count(pictures, "remote picture").map(|it| format!("{it} not fetched"));
        let kept: Vec<String> = trackers.into_iter().chain(pictures).collect();
        if !kept.is_empty() {
            self.block.line();
            self.block
                .wrapped(x, room, &kept.join(" · "), &[], Role::Faint, 2);
        }
    }
}

fn draw_bars(block: &mut Block, x: u16, bars: u16) {
    for bar in 0..bars {
        let role = Role::Bar(u8::try_from(bar).unwrap_or(0));
        block.put(x + bar * 2, u16::MAX, "▎", role, None);
    }
}

/// What is wrong with a link that shows another host than it leads to.
fn warning(link: &Link) -> Option<String> {
    let shows = link.pretends.as_ref()?;
    Some(format!("⚠ shows {shows}, leads to {}", host(&link.target)))
}

/// Whether the words of a link are where it leads.
fn says_itself(words: &str, target: &str) -> bool {
    let bare = |it: &str| {
        let it = it.trim();
        let cut = ["https://", "http://", "mailto:", "tel:"]
            .iter()
            .find_map(|scheme| it.strip_prefix(scheme));
        cut.unwrap_or(it).trim_end_matches('/').to_lowercase()
    };
    bare(words) == bare(target)
}

/// `2,310`.
fn grouped(number: usize) -> String {
    let digits = number.to_string();
    let mut out = String::new();
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            out.push(',');
        }
        out.push(digit);
    }
    out
}
