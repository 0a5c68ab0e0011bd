//! Contacts and invitations: the two text formats people send as files, with their folding and escaping.

use jiff::Timestamp;

use crate::demo::rng::hash;

/// A contact card.
pub(super) fn vcard(name: &str, phone: &str, email: &str) -> String {
    let (given, family) = name.rsplit_once(' ').unwrap_or((name, ""));
    lines(&[
        "BEGIN:VCARD".to_owned(),
        "VERSION:3.0".to_owned(),
        format!("N:{};{};;;", escape(family), escape(given)),
        format!("FN:{}", escape(name)),
        format!("TEL;TYPE=CELL:{}", escape(phone)),
        format!("EMAIL;TYPE=INTERNET:{}", escape(email)),
        "END:VCARD".to_owned(),
    ])
}

/// An invitation; `organizer` and `attendees` are addresses.
pub(super) fn invitation(
    title: &str,
    start: Timestamp,
    end: Timestamp,
    organizer: &str,
    attendees: &[String],
) -> String {
    let stamp = |at: Timestamp| at.strftime("%Y%m%dT%H%M%SZ").to_string();
    let id = hash(&format!("{title}{organizer}{}", start.as_second()));
    let mut card = vec![
        "BEGIN:VCALENDAR".to_owned(),
        "VERSION:2.0".to_owned(),
        "PRODID:-//onebox//demo//EN".to_owned(),
        "METHOD:REQUEST".to_owned(),
        "BEGIN:VEVENT".to_owned(),
        format!("UID:{id:016x}@demo.onebox"),
        format!("DTSTAMP:{}", stamp(start)),
        format!("DTSTART:{}", stamp(start)),
        format!("DTEND:{}", stamp(end)),
        format!("SUMMARY:{}", escape(title)),
        format!("ORGANIZER:mailto:{}", one_line(organizer)),
    ];
    card.extend(attendees.iter().map(|address| {
        let address = one_line(address);
        format!("ATTENDEE;ROLE=REQ-PARTICIPANT;PARTSTAT=NEEDS-ACTION;RSVP=TRUE:mailto:{address}")
    }));
    card.push("STATUS:CONFIRMED".to_owned());
    card.push("END:VEVENT".to_owned());
    card.push("END:VCALENDAR".to_owned());
    lines(&card)
}

fn escape(text: &str) -> String {
    text.replace('\\', "\\\\")
        .replace(';', "\\;")
        .replace(',', "\\,")
        .replace('\n', "\\n")
        .replace('\r', "")
}

fn one_line(text: &str) -> String {
    text.chars().filter(|letter| !letter.is_control()).collect()
}

/// Ends lines as both formats want, folding those of more than 75 bytes between letters.
fn lines(lines: &[String]) -> String {
    let mut out = String::new();
    for line in lines {
        let mut used = 0;
        for letter in line.chars() {
            if used + letter.len_utf8() > 75 {
                out.push_str("\r\n ");
                used = 1;
            }
            out.push(letter);
            used += letter.len_utf8();
        }
        out.push_str("\r\n");
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_invitation_folds_long_lines_and_escapes_its_title() {
        let start: Timestamp = "2026-03-01T09:30:00Z".parse().unwrap();
        let end: Timestamp = "2026-03-01T10:00:00Z".parse().unwrap();
        let long = format!("{}@example.org", "é".repeat(60));
        let card = invitation(
            "Plan; launch, now",
            start,
            end,
            "ada@example.org",
            std::slice::from_ref(&long),
        );
        assert!(card.contains("\r\nDTSTART:20260301T093000Z\r\nDTEND:20260301T100000Z\r\n"));
        assert!(card.contains("SUMMARY:Plan\\; launch\\, now\r\n"));
        assert!(card.split("\r\n").all(|line| line.len() <= 75));
        assert!(
            card.replace("\r\n ", "")
                .contains(&format!("mailto:{long}\r\n"))
        );
    }

    #[test]
    fn a_contact_has_its_name_in_parts() {
        let card = vcard("Ada King Lovelace", "+44 20", "ada@example.org");
        assert!(card.contains("\r\nN:Lovelace;Ada King;;;\r\nFN:Ada King Lovelace\r\n"));
    }
}
