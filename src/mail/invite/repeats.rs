//! How a meeting repeats, in words.

use super::when::day;

/// `every 2 weeks on Monday and Wednesday, 10 times`; a rule that is too odd only repeats.
pub(super) fn words(rule: &str) -> Option<String> {
    let part = |name: &str| {
        let mut parts = rule.split(';').take(20).filter_map(|it| it.split_once('='));
        parts
            .find(|(it, _)| it.trim().eq_ignore_ascii_case(name))
            .map(|(_, value)| value.trim())
    };
    let every: u32 = part("INTERVAL")
        .and_then(|it| it.parse().ok())
        .unwrap_or(1)
        .max(1);
    let frequency = part("FREQ")?.to_ascii_uppercase();
    let unit = match frequency.as_str() {
        "DAILY" => "day",
        "WEEKLY" => "week",
        "MONTHLY" => "month",
        "YEARLY" => "year",
        _ => return Some("repeats".to_owned()),
    };
    let days = part("BYDAY").map(days);
    let workdays = part("BYDAY").is_some_and(|it| it.eq_ignore_ascii_case("MO,TU,WE,TH,FR"));
    let mut out = match every {
        1 if workdays && matches!(unit, "day" | "week") => "every workday".to_owned(),
        1 => format!("every {unit}"),
        many => format!("every {many} {unit}s"),
    };
    if let Some(days) = days.filter(|it| !it.is_empty() && !out.ends_with("workday")) {
        out.extend([" on ", &listed(&days)]);
    } else if let Some(at) = part("BYMONTHDAY").and_then(|it| it.parse::<i32>().ok()) {
        match at {
            -1 => out.push_str(" on the last day"),
            at if at > 0 => out.extend([" on day ", &at.to_string()]),
            _ => {}
        }
    }
    if let Some(count) = part("COUNT").and_then(|it| it.parse::<u32>().ok()) {
        out.extend([
            ", ",
            &count.to_string(),
            if count == 1 { " time" } else { " times" },
        ]);
    } else if let Some(until) = part("UNTIL").and_then(day) {
        out.extend([", until ", &until.strftime("%-d %b %Y").to_string()]);
    }
    Some(out)
}

/// Days of the week, with their place in the month where they have one.
fn days(value: &str) -> Vec<String> {
    let one = |code: &str| {
        let code = code.trim();
        let (place, name) = code.split_at_checked(code.len().checked_sub(2)?)?;
        let name = match name.to_ascii_uppercase().as_str() {
            "MO" => "Monday",
            "TU" => "Tuesday",
            "WE" => "Wednesday",
            "TH" => "Thursday",
            "FR" => "Friday",
            "SA" => "Saturday",
            "SU" => "Sunday",
            _ => return None,
        };
        Some(match place {
            "" => name.to_owned(),
            "1" | "+1" => format!("the first {name}"),
            "2" | "+2" => format!("the second {name}"),
            "3" | "+3" => format!("the third {name}"),
            "4" | "+4" => format!("the fourth {name}"),
            "-1" => format!("the last {name}"),
            _ => return None,
        })
    };
    value.split(',').take(7).filter_map(one).collect()
}

fn listed(words: &[String]) -> String {
    match words {
        [] => String::new(),
        [one] => one.clone(),
        [first @ .., last] => format!("{} and {last}", first.join(", ")),
    }
}
