//! What the tags of HTML mean to a reader.

/// A tag, by what it does to what is read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Tag {
    /// A paragraph, with room above and below.
    Paragraph,
    /// A block without room of its own.
    Block,
    Heading(u8),
    Bullets,
    Numbers,
    Item,
    Term,
    Definition,
    Quote,
    Code,
    Pre,
    Strong,
    Emphasis,
    Struck,
    Link,
    /// A stretch of text that only a style can change.
    Inline,
    Break,
    Rule,
    Picture,
    Table,
    Row,
    Cell,
    HeadCell,
    /// Nothing in it is to be read.
    Skipped,
    /// It holds nothing, or nothing comes of it.
    Void,
    Other,
}

impl Tag {
    pub fn of(name: &str) -> Self {
        let mut lower = [0_u8; 12];
        let Some(short) = lower.get_mut(..name.len()) else {
            return Self::Other;
        };
        short.copy_from_slice(name.as_bytes());
        short.make_ascii_lowercase();
        match &*short {
            b"p" | b"figure" | b"dl" => Self::Paragraph,
            b"div" | b"section" | b"article" | b"header" | b"footer" | b"main" | b"nav"
            | b"aside" | b"center" | b"address" | b"form" | b"fieldset" | b"legend"
            | b"figcaption" | b"caption" | b"details" | b"summary" | b"body" | b"hgroup" => {
                Self::Block
            }
            b"h1" => Self::Heading(1),
            b"h2" => Self::Heading(2),
            b"h3" => Self::Heading(3),
            b"h4" => Self::Heading(4),
            b"h5" => Self::Heading(5),
            b"h6" => Self::Heading(6),
            b"ul" | b"menu" | b"dir" => Self::Bullets,
            b"ol" => Self::Numbers,
            b"li" => Self::Item,
            b"dt" => Self::Term,
            b"dd" => Self::Definition,
            b"blockquote" => Self::Quote,
            b"code" | b"kbd" | b"samp" | b"tt" => Self::Code,
            b"pre" | b"listing" => Self::Pre,
            b"b" | b"strong" => Self::Strong,
            b"i" | b"em" | b"cite" | b"var" | b"dfn" => Self::Emphasis,
            b"s" | b"del" | b"strike" => Self::Struck,
            b"a" => Self::Link,
            b"span" | b"font" | b"u" | b"small" | b"big" | b"ins" | b"q" | b"sub" | b"sup"
            | b"mark" | b"abbr" | b"label" | b"bdo" | b"bdi" | b"time" => Self::Inline,
            b"br" => Self::Break,
            b"hr" => Self::Rule,
            b"img" => Self::Picture,
            b"table" => Self::Table,
            b"tr" => Self::Row,
            b"td" => Self::Cell,
            b"th" => Self::HeadCell,
            b"head" | b"thead" | b"tbody" | b"tfoot" | b"colgroup" | b"col" | b"meta" | b"link"
            | b"base" | b"input" | b"area" | b"embed" | b"source" | b"track" | b"wbr"
            | b"param" | b"html" => Self::Void,
            b"svg" | b"math" | b"select" | b"datalist" | b"audio" | b"video" | b"object"
            | b"canvas" | b"template" => Self::Skipped,
            _ => Self::Other,
        }
    }

    /// Whether it stands inside a line.
    pub fn is_inline(self) -> bool {
        matches!(
            self,
            Self::Code
                | Self::Strong
                | Self::Emphasis
                | Self::Struck
                | Self::Link
                | Self::Inline
                | Self::Other
        )
    }
}
