//! What of a mail that is being written are the user's own words, and what they promise.

/// The line above a mail that is passed on.
pub const FORWARDED: &str = "---------- Forwarded message ----------";
/// The line above a signature.
pub const SIGNATURE: &str = "-- ";

/// How people of some languages say that a file comes with it. Starts of words.
const ATTACHED: &[&str] = &[
    // English, German, French, Spanish, Portuguese, Italian, Dutch.
    "attach",
    "enclosed",
    "anhang",
    "angehängt",
    "anbei",
    "beigefügt",
    "anlage",
    "ci-joint",
    "adjunt",
    "anex",
    "allegat",
    "allego",
    "bijlage",
    "bijgevoegd",
    // Swedish, Danish, Norwegian, Finnish, Polish, Czech, Slovak, Hungarian, Romanian.
    "bifoga",
    "vedhæft",
    "vedlagt",
    "vedlegg",
    "liitteenä",
    "liite",
    "załącz",
    "přílo",
    "přiklád",
    "prílo",
    "mellékel",
    "csatol",
    "atașa",
    "ataşa",
    // Russian, Ukrainian, Bulgarian, Greek, Turkish, Arabic, Hebrew.
    "вложен",
    "прикреп",
    "вкладен",
    "прилож",
    "συνημμέν",
    "επισυνάπ",
    "ekli",
    "ekteki",
    "مرفق",
    "المرفق",
    "מצורף",
    "מצורפ",
];
/// The same where words are not parted by spaces, or hold together otherwise.
const ATTACHED_ANYWHERE: &[&str] = &[
    "fichier joint",
    "fichiers joints",
    "添付",
    "附件",
    "附上",
    "附檔",
    "첨부",
    "pièce jointe",
    "pièces jointes",
    "em anexo",
    "se adjunta",
];
/// Words that begin like one of them and are none.
const NOT: &[&str] = &["attaché", "anlagen"];

/// The user's own words: without what is quoted, passed on or a signature.
pub fn own_lines(text: &str) -> Vec<&str> {
    let mut own: Vec<&str> = Vec::new();
    let mut signed = false;
    for line in text.lines() {
        if line == FORWARDED {
            break;
        }
        if line.starts_with('>') {
            signed = false;
            // The line above says whose words they are.
            while own.last().is_some_and(|it| it.trim().is_empty()) {
                own.pop();
            }
            if own.last().is_some_and(|it| it.trim_end().ends_with(':')) {
                own.pop();
            }
            continue;
        }
        signed |= line == SIGNATURE || line == SIGNATURE.trim_end();
        if !signed {
            own.push(line);
        }
    }
    own
}

/// Where the history begins that stands below the user's words.
pub fn history(text: &str) -> Option<usize> {
    let mut at = 0;
    let mut above = None;
    for line in text.split_inclusive('\n') {
        if line.trim_end() == FORWARDED {
            return Some(at);
        }
        if line.starts_with('>') {
            return Some(above.unwrap_or(at));
        }
        if line.trim_end().ends_with(':') {
            above = Some(at);
        } else if !line.trim().is_empty() {
            above = None;
        }
        at += line.len();
    }
    None
}

/// The user's words above their signature and the history.
pub fn above(text: &str) -> &str {
    let end = history(text).unwrap_or(text.len());
    let own = text.get(..end).unwrap_or(text);
    let signed = own.find("\n-- \n").unwrap_or(own.len());
    own.get(..signed).unwrap_or(own).trim()
}

/// Whether the user's words say that a file comes with them.
pub fn promises_file(text: &str) -> bool {
    own_lines(text).into_iter().any(|line| {
        let line = line.to_lowercase();
        let apart = |c: char| !c.is_alphanumeric() && c != '-' && c != '\'';
        let is_it = |word: &str| {
            ATTACHED.iter().any(|it| word.starts_with(it))
                && !NOT.iter().any(|it| word.starts_with(it))
        };
        line.split(apart).any(is_it) || ATTACHED_ANYWHERE.iter().any(|it| line.contains(it))
    })
}

/// A text with a signature put where it belongs: above the history, or at the end.
pub fn signed(text: &str, signature: &str) -> String {
    let at = history(text).unwrap_or(text.len());
    let (before, after) = text.split_at_checked(at).unwrap_or((text, ""));
    let before = before.trim_end();
    let gap = if after.is_empty() { "" } else { "\n\n" };
    format!("{before}\n\n{SIGNATURE}\n{}{gap}{after}", signature.trim())
}

/// A text without this signature; absent when it is not in it.
pub fn unsigned(text: &str, signature: &str) -> Option<String> {
    let block = format!("{SIGNATURE}\n{}", signature.trim());
    let at = text.find(&block)?;
    let before = text.get(..at)?.trim_end();
    let after = text.get(at + block.len()..)?.trim_start_matches('\n');
    Some(if after.is_empty() {
        before.to_owned()
    } else {
        format!("{before}\n\n{after}")
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_promised_file_is_noticed_in_many_languages_and_not_in_what_others_wrote() {
        for text in [
            "See the attached file.",
            "I attach the deck",
            "Attachment below",
            "Please find enclosed",
            "Im Anhang die Folien",
            "Anbei der Vertrag",
            "Vous trouverez ci-joint le contrat",
            "En pièce jointe, le devis",
            "Adjunto el contrato",
            "Segue em anexo",
            "In allegato il contratto",
            "Zie de bijlage",
            "Bifogar filen",
            "W załączniku umowa",
            "Файл во вложении",
            "ファイルを添付します",
            "请见附件",
            "파일을 첨부합니다",
            "بالمرفق المرفقات",
            "Hi\n\n> old words\n\nyes, attached now",
        ] {
            assert!(promises_file(text), "{text}");
        }
        for text in [
            "Hello",
            "We jointly decided",
            "Fine.\n\nOn Tue, Léa wrote:\n> see the attached file",
            "Fine.\n\n---------- Forwarded message ----------\nSubject: attached\n\nattached",
            "Fine.\n-- \nAda, attached to nobody",
        ] {
            assert!(!promises_file(text), "{text}");
        }
    }

    #[test]
    fn a_signature_stands_above_the_history_and_goes_without_a_trace() {
        let text = "\n\nOn Tue, Léa wrote:\n> hi\n> there";
        let with = signed(text, "Ada\nada@x.io\n");
        assert_eq!(
            with,
            "\n\n-- \nAda\nada@x.io\n\nOn Tue, Léa wrote:\n> hi\n> there"
        );
        assert_eq!(unsigned(&with, "Ada\nada@x.io").as_deref(), Some(text));
        assert_eq!(signed("hello", "Ada"), "hello\n\n-- \nAda");
        assert_eq!(
            unsigned("hello\n\n-- \nAda", "Ada").as_deref(),
            Some("hello")
        );
        assert_eq!(unsigned("hello", "Ada"), None);
    }
}
