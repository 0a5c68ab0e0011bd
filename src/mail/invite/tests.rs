//! Invitations as programs write them, and as nobody should.

use super::*;
use jiff::civil::date;

const OUTLOOK: &str = "BEGIN:VCALENDAR\r\nMETHOD:REQUEST\r\nPRODID:Microsoft Exchange Server 2010\r\nVERSION:2.0\r\n\
    BEGIN:VTIMEZONE\r\nTZID:W. Europe Standard Time\r\nBEGIN:STANDARD\r\nDTSTART:16010101T030000\r\nEND:STANDARD\r\n\
    END:VTIMEZONE\r\nBEGIN:VEVENT\r\nORGANIZER;CN=\"Ribeiro, Ana\":mailto:ana@x.example\r\n\
    ATTENDEE;ROLE=REQ-PARTICIPANT;PARTSTAT=ACCEPTED;CN=Ada Martin:mailto:ada@nu\r\n vem.example\r\n\
    ATTENDEE;ROLE=OPT-PARTICIPANT;PARTSTAT=DECLINED:MAILTO:bob@x.example\r\nDESCRIPTION;LANGUAGE=en-US:Bring tea\\, please.\\nThanks\r\n\
    RRULE:FREQ=WEEKLY;INTERVAL=2;BYDAY=MO,WE;COUNT=10\r\nSUMMARY;LANGUAGE=en-US:Quarterly\\; tea\r\n\
    DTSTART;TZID=W. Europe Standard Time:20261103T100000\r\nDTEND;TZID=W. Europe Standard Time:20261103T113000\r\n\
    UID:040000008200E\r\nLOCATION:Room 4\r\nSTATUS:CONFIRMED\r\nBEGIN:VALARM\r\nDESCRIPTION:REMINDER\r\nTRIGGER:-PT15M\r\n\
    END:VALARM\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n";

#[test]
fn an_invitation_says_who_asks_whom_to_come_where_and_when() {
    let invite = read(OUTLOOK.as_bytes()).unwrap();
    assert_eq!(invite.method, Method::Request);
    assert_eq!(
        (invite.summary.as_str(), invite.location.as_deref()),
        ("Quarterly; tea", Some("Room 4"))
    );
    assert_eq!(
        invite.description.as_deref(),
        Some("Bring tea, please.\nThanks")
    );
    assert_eq!(
        invite.repeats.as_deref(),
        Some("every 2 weeks on Monday and Wednesday, 10 times")
    );
    let organizer = invite.organizer.unwrap();
    assert_eq!(
        (organizer.name.as_deref(), organizer.address.as_str()),
        (Some("Ribeiro, Ana"), "ana@x.example")
    );
    let guests: Vec<_> = invite
        .attendees
        .iter()
        .map(|it| (it.address.as_str(), it.answer, it.optional))
        .collect();
    assert_eq!(
        guests,
        [
            ("ada@nuvem.example", Answer::Accepted, false),
            ("bob@x.example", Answer::Declined, true)
        ]
    );
    let Some(When::At(start)) = invite.start else {
        panic!("{:?}", invite.start)
    };
    assert_eq!(start.timestamp().to_string(), "2026-11-03T09:00:00Z");
    assert!(!invite.cancelled);
}

#[test]
fn times_are_read_in_every_way_they_are_written() {
    let start = |line: &str| {
        let ics = format!("BEGIN:VEVENT\nSUMMARY:x\n{line}\nEND:VEVENT");
        match read(ics.as_bytes()).unwrap().start {
            Some(When::At(at)) => at.timestamp().to_string(),
            Some(When::Day(day)) => day.to_string(),
            Some(When::Local(at)) => format!("local {at}"),
            None => "none".to_owned(),
        }
    };
    for (line, at) in [
        ("DTSTART:20261103T100000Z", "2026-11-03T10:00:00Z"),
        (
            "DTSTART;TZID=Europe/Lisbon:20260703T100000",
            "2026-07-03T09:00:00Z",
        ),
        (
            "DTSTART;TZID=\"/mozilla.org/20070129_1/Europe/Berlin\":20260703T100000",
            "2026-07-03T08:00:00Z",
        ),
        (
            "DTSTART;TZID=Mars/Olympus:20260703T100000",
            "local 2026-07-03T10:00:00",
        ),
        ("DTSTART:20260703T100000", "local 2026-07-03T10:00:00"),
        ("DTSTART;VALUE=DATE:20261225", "2026-12-25"),
        ("DTSTART:99999999T999999", "none"),
        ("DTSTART:2026", "none"),
        ("DTSTART:２０２６１１０３", "none"),
    ] {
        assert_eq!(start(line), at, "{line}");
    }
    let lasting =
        read(b"BEGIN:VEVENT\nDTSTART;VALUE=DATE:20261224\nDURATION:P2D\nEND:VEVENT").unwrap();
    assert_eq!(lasting.end, Some(When::Day(date(2026, 12, 26))));
}

#[test]
fn repetition_is_told_in_words() {
    for (rule, words) in [
        ("FREQ=DAILY", Some("every day")),
        ("FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR", Some("every workday")),
        (
            "FREQ=MONTHLY;BYDAY=1MO",
            Some("every month on the first Monday"),
        ),
        (
            "FREQ=MONTHLY;BYDAY=-1FR;UNTIL=20270630T000000Z",
            Some("every month on the last Friday, until 30 Jun 2027"),
        ),
        ("FREQ=MONTHLY;BYMONTHDAY=15", Some("every month on day 15")),
        ("FREQ=YEARLY;COUNT=1", Some("every year, 1 time")),
        ("FREQ=SECONDLY", Some("repeats")),
        ("INTERVAL=99999999999", None),
    ] {
        assert_eq!(repeats::words(rule).as_deref(), words, "{rule}");
    }
}

#[test]
fn a_meeting_that_was_called_off_says_so() {
    for ics in [
        "METHOD:CANCEL\nBEGIN:VEVENT\nSUMMARY:x\nEND:VEVENT",
        "BEGIN:VCALENDAR\nMETHOD:REQUEST\nBEGIN:VEVENT\nSUMMARY:x\nSTATUS:CANCELLED\nEND:VEVENT",
    ] {
        assert!(read(ics.as_bytes()).unwrap().cancelled, "{ics}");
    }
}

#[test]
fn nonsense_is_no_invitation_and_hostile_text_is_harmless() {
    assert_eq!(read(b""), None);
    assert_eq!(read(b"BEGIN:VCALENDAR\nEND:VCALENDAR"), None);
    assert_eq!(read(&b"BEGIN:VEVENT\n".repeat(50_000)), None);
    assert_eq!(read(&b";".repeat(500_000)), None);
    let ics =
        "BEGIN:VEVENT\nSUMMARY:red \u{1b}[31m\u{202e}tea\nLOCATION:\\n\\n\nATTENDEE:\nEND:VEVENT";
    let invite = read(ics.as_bytes()).unwrap();
    assert_eq!(
        (invite.summary.as_str(), invite.location),
        ("red [31mtea", None)
    );
    assert!(invite.attendees.is_empty());
    let folded = format!("BEGIN:VEVENT\nSUMMARY:{}\nEND:VEVENT", "x".repeat(900_000));
    assert_eq!(read(folded.as_bytes()).unwrap().summary.len(), TEXT);
}
