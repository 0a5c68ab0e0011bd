//! The lines with which mail programs, in many languages, introduce the mail that is answered or passed on; and where
//! the history begins in a plain text.

/// So long may an introduction be, in bytes and lines.
const INTRODUCTION: usize = 400;
const LINES: usize = 3;

/// Parts of the words with which a mail is passed on, between dashes.
const FORWARDED: [&str; 16] = [
    "orward",
    "ransf",
    "réexp",
    "geleitet",
    "noltrat",
    "eenviad",
    "ncaminhad",
    "oorgestuurd",
    "idarebefordr",
    "ideresendt",
    "rzekazan",
    "ересл",
    "ересыл",
    "転送",
    "转发",
    "轉寄",
];
/// Whole lines that do the same, as Apple's Mail writes them.
const BEGINS_FORWARDED: [&str; 9] = [
    "Begin forwarded message:",
    "Anfang der weitergeleiteten",
    "Début du message réexpédié",
    "Début du message transféré",
    "Inicio del mensaje reenviado",
    "Inizio messaggio inoltrato",
    "Início da mensagem",
    "Begin doorgestuurd bericht",
    "Vidarebefordrat mejl",
];
/// Parts of the words that stand between dashes above the mail that is answered.
const ORIGINAL: [&str; 15] = [
    "riginal",
    "rsprüngliche",
    "rigine",
    "orspronkelijk",
    "prindelig",
    "prinnelig",
    "ierwotna",
    "сходное",
    "ервоначальн",
    "игинальн",
    "原始",
    "元の",
    "原文",
    "원본",
    "ürsprung",
];
/// What "wrote" is in the languages mail programs speak.
const WROTE: [&str; 33] = [
    "wrote",
    "writes",
    "écrit",
    "schrieb",
    "geschrieben",
    "escribió",
    "escribe",
    "escreveu",
    "scritto",
    "scrisse",
    "schreef",
    "geschreven",
    "skrev",
    "skrifaði",
    "napisał",
    "napsal",
    "napísal",
    "написа",
    "пишет",
    "пише",
    "kirjoitti",
    "yazdı",
    "写道",
    "写到",
    "寫道",
    "書きました",
    "작성",
    "έγραψε",
    "כתב",
    "كتب",
    "írta",
    "a scris",
    "đã viết",
];
/// How such a line begins, if it does not begin with a day.
const OPENINGS: [&str; 22] = [
    "On ", "Le ", "Am ", "Em ", "El ", "Il ", "Op ", "Den ", "På ", "W dniu", "Dnia", "Dne", "В ",
    "Am\u{a0}", "Le\u{a0}", "At ", "Vào", "Στις", "ב-", "في", "A las", "Pe ",
];
const FROM: [&str; 25] = [
    "From",
    "De",
    "Von",
    "Da",
    "Van",
    "Från",
    "Fra",
    "Od",
    "От",
    "От кого",
    "Від",
    "Lähettäjä",
    "Kimden",
    "Gönderen",
    "差出人",
    "发件人",
    "寄件者",
    "寄件人",
    "보낸 사람",
    "Από",
    "מאת",
    "من",
    "Feladó",
    "Expéditeur",
    "Remitente",
];
/// What stands below it: when, to whom, what about.
const OTHERS: [&str; 67] = [
    "Sent",
    "Date",
    "To",
    "Subject",
    "Cc",
    "Reply-To",
    "Envoyé",
    "À",
    "A",
    "Objet",
    "Gesendet",
    "Datum",
    "An",
    "Betreff",
    "Enviado",
    "Enviado el",
    "Enviada em",
    "Fecha",
    "Para",
    "Asunto",
    "Assunto",
    "Data",
    "Inviato",
    "Oggetto",
    "Verzonden",
    "Aan",
    "Onderwerp",
    "Skickat",
    "Till",
    "Ämne",
    "Sendt",
    "Dato",
    "Til",
    "Emne",
    "Wysłano",
    "Do",
    "Temat",
    "Отправлено",
    "Дата",
    "Кому",
    "Тема",
    "Надіслано",
    "Lähetetty",
    "Vastaanottaja",
    "Aihe",
    "Tarih",
    "Kime",
    "Konu",
    "送信日時",
    "日付",
    "宛先",
    "件名",
    "发送时间",
    "日期",
    "收件人",
    "收件者",
    "主题",
    "主旨",
    "보낸 날짜",
    "받는 사람",
    "제목",
    "Odesláno",
    "Předmět",
    "Komu",
    "Küldve",
    "Címzett",
    "Tárgy",
];
/// Last lines that phones and programs add of themselves.
const SENT_FROM: [&str; 10] = [
    "Sent from my ",
    "Sent from Outlook",
    "Get Outlook for ",
    "Envoyé de mon ",
    "Envoyé depuis ",
    "Von meinem ",
    "Enviado desde mi ",
    "Enviado do meu ",
    "Inviato da ",
    "Verstuurd vanaf mijn ",
];

/// A line of dashes with words in it.
fn dashed(line: &str) -> bool {
    line.starts_with("---") && line.ends_with("--") && line.chars().any(char::is_alphabetic)
}

/// Whether a mail is passed on below this line.
pub(super) fn passes_on(line: &str) -> bool {
    let line = line.trim();
    line.starts_with("---") && FORWARDED.iter().any(|it| line.contains(it))
        || BEGINS_FORWARDED.iter().any(|it| line.starts_with(it))
}

/// Whether the mail that is answered stands below this line.
pub(super) fn separates(line: &str) -> bool {
    let line = line.trim();
    dashed(line) && ORIGINAL.iter().any(|it| line.contains(it))
}

/// A line that is only drawn.
fn ruled(line: &str) -> bool {
    let line = line.trim();
    line.len() >= 10 && (line.bytes().all(|b| b == b'_') || line.bytes().all(|b| b == b'-'))
}

/// Whether lines begin like the head of a mail: from whom, then when, to whom and what about.
pub(super) fn heads<'a>(lines: impl Iterator<Item = &'a str>) -> bool {
    let mut lines = lines.map(str::trim).filter(|it| !it.is_empty());
    let first = lines.next().and_then(label);
    first.is_some_and(|it| FROM.contains(&it))
        && lines
            .take(6)
            .filter(|it| label(it).is_some_and(|it| OTHERS.contains(&it)))
            .count()
            >= 2
}

/// What stands before the colon, without stars for bold.
fn label(line: &str) -> Option<&str> {
    let at = line.find([':', '：'])?;
    let word = line.get(..at)?;
    Some(word.trim_matches(|c: char| c == '*' || c.is_whitespace()))
}

/// Whether a text says that somebody wrote what follows.
pub(in crate::mail) fn introduces(text: &str) -> bool {
    let text = text.trim();
    if text.len() > INTRODUCTION || text.lines().count() > LINES {
        return false;
    }
    let wrote = || WROTE.iter().any(|it| text.contains(it));
    let dated = || text.bytes().any(|b| b.is_ascii_digit()) && text.contains(['@', '<']);
    text.ends_with([':', '：']) && (wrote() || dated())
}

/// Whether a line opens such an introduction.
fn opens(line: &str) -> bool {
    let line = line.trim_start();
    OPENINGS.iter().any(|it| line.starts_with(it)) || line.starts_with(|c: char| c.is_ascii_digit())
}

/// Whether a signature begins with this line.
pub(super) fn is_signature_line(line: &str) -> bool {
    matches!(line.trim_end(), "--" | "—" | "-- ")
        || line.len() < 60 && SENT_FROM.iter().any(|it| line.starts_with(it))
}

/// Where the history begins that a plain text quotes at its end.
pub fn quoted_from(text: &str) -> Option<usize> {
    if text.lines().any(passes_on) {
        return None;
    }
    let (start, introduced) = match marked(text) {
        Some(at) => (at, false),
        None => (trailing(text)?, true),
    };
    let head = text.get(..start)?;
    let start = introduced
        .then(|| introduction(head))
        .flatten()
        .unwrap_or(head.trim_end().len());
    // A mail that is nothing but a quote is shown.
    let says_something = !text.get(..start)?.trim().is_empty();
    says_something.then_some(start)
}

/// Where mail programs begin the mail that is answered with a line, a head or both.
fn marked(text: &str) -> Option<usize> {
    let mut at = 0;
    let mut free = true;
    for line in text.split_inclusive('\n') {
        let rest = || {
            text.get(at + line.len()..)
                .unwrap_or_default()
                .lines()
                .take(8)
        };
        let from = || {
            rest()
                .next()
                .and_then(label)
                .is_some_and(|it| FROM.contains(&it))
        };
        let begins = separates(line)
            || (ruled(line) || dashed(line.trim())) && from()
            || free && heads(std::iter::once(line).chain(rest()));
        if begins {
            return Some(at);
        }
        free = line.trim().is_empty();
        at += line.len();
    }
    None
}

/// Where the lines begin that all start with `>`, down to the end or to the signature below them.
fn trailing(text: &str) -> Option<usize> {
    let mut start = None;
    let mut end = text.len();
    let below = signature_from(text).unwrap_or(end);
    for line in text.split_inclusive('\n').rev() {
        end -= line.len();
        let plain = line.trim();
        if plain.starts_with('>') {
            start = Some(end);
        } else if !plain.is_empty() && end < below {
            break;
        }
    }
    start
}

/// Where the words begin that introduce the quoted lines: `On Tuesday Ana wrote:`, on one line or broken into three.
fn introduction(head: &str) -> Option<usize> {
    let head = head.trim_end();
    if !head.ends_with([':', '：']) {
        return None;
    }
    let mut from = head.len();
    let mut last = None;
    for line in head.rsplit('\n').take(LINES) {
        from -= line.len();
        if line.trim().is_empty() || head.len() - from > INTRODUCTION {
            break;
        }
        last.get_or_insert(from);
        if opens(line) {
            return Some(head.get(..from)?.trim_end().len());
        }
        from = from.saturating_sub(1);
    }
    let from = last?;
    introduces(head.get(from..)?)
        .then(|| head.get(..from).map(|it| it.trim_end().len()))
        .flatten()
}

/// Where the signature begins at the end of a plain text.
pub(in crate::mail) fn signature_from(text: &str) -> Option<usize> {
    /// Longer than this is no signature.
    const MOST: usize = 15;
    let mut end = text.len();
    for line in text.split_inclusive('\n').rev().take(MOST) {
        end -= line.len();
        if line.starts_with('>') {
            return None;
        }
        if is_signature_line(line.trim_end_matches(['\n', '\r'])) {
            let says_something = !text.get(..end)?.trim().is_empty();
            return says_something.then_some(end);
        }
    }
    None
}

/// How deep a line is quoted, and the line without its signs.
pub(in crate::mail) fn level(line: &str) -> (u8, &str) {
    let (mut depth, mut rest) = (0_u8, line);
    loop {
        let inside = rest
            .strip_prefix('>')
            .or_else(|| rest.strip_prefix(" >").filter(|_| depth > 0));
        match inside {
            Some(inside) => (depth, rest) = (depth.saturating_add(1), inside),
            None if depth > 0 => return (depth, rest.strip_prefix(' ').unwrap_or(rest)),
            None => return (0, line),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn kept(text: &str) -> &str {
        quoted_from(text).map_or(text, |at| &text[..at])
    }

    #[test]
    fn the_history_below_a_mail_is_folded_with_the_words_that_introduce_it() {
        for (mail, shown) in [
            ("Fine.\n\nOn Tue, Ana wrote:\n> Is it?\n> Ana\n", "Fine."),
            (
                "Fine.\n\nOn Tue, 3 Oct 2026 at 10:00,\nAna <ana@x.example> wrote:\n\n> Is it?",
                "Fine.",
            ),
            (
                "Yes\n\n-----Original Message-----\nFrom: Ana\nIs it?",
                "Yes",
            ),
            ("Oui\n____________________\nDe : Ana\nAlors ?", "Oui"),
        ] {
            assert_eq!(kept(mail), shown, "{mail}");
        }
    }

    #[test]
    fn answers_between_quoted_lines_stay_with_them() {
        for mail in [
            "> Is it?\nYes.\n> Sure?\nSure.",
            "> only a quote",
            "Look!\n---------- Message transféré ---------\nDe : Odile\n\n> Attention",
            "A list:\n- one",
            "",
        ] {
            assert_eq!(kept(mail), mail);
        }
    }
}
