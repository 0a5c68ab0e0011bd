//! The lines of a calendar file: folded ones made whole, names, parameters and values told apart.

/// More parameters than this no line has.
const PARAMETERS: usize = 30;

/// A line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Line {
    /// In capital letters.
    pub name: String,
    parameters: Vec<(String, String)>,
    pub value: String,
}

impl Line {
    pub fn read(line: &str) -> Option<Self> {
        let end = line.find([';', ':'])?;
        let (name, mut rest) = line.split_at_checked(end)?;
        let mut parameters = Vec::new();
        while let Some(tail) = rest.strip_prefix(';') {
            let (parameter, after) = tail.split_at_checked(unquoted(tail)?)?;
            if let Some((name, value)) = parameter.split_once('=')
                && parameters.len() < PARAMETERS
            {
                parameters.push((
                    name.trim().to_ascii_uppercase(),
                    value.trim_matches('"').to_owned(),
                ));
            }
            rest = after;
        }
        Some(Self {
            name: name.trim().to_ascii_uppercase(),
            parameters,
            value: rest.strip_prefix(':')?.to_owned(),
        })
    }

    pub fn parameter(&self, name: &str) -> Option<&str> {
        let found = self.parameters.iter().find(|(it, _)| it == name);
        found.map(|(_, value)| value.as_str())
    }
}

/// Where a parameter ends; what stands between quotes does not end it.
fn unquoted(text: &str) -> Option<usize> {
    let mut quoted = false;
    text.bytes().position(|b| {
        quoted ^= b == b'"';
        !quoted && matches!(b, b';' | b':')
    })
}

/// The lines of a file. A line that begins with white space goes on with the one before, even within a letter.
pub(super) fn unfolded(ics: &[u8]) -> Vec<String> {
    let mut lines: Vec<Vec<u8>> = Vec::new();
    for line in ics
        .split(|b| matches!(b, b'\n' | b'\r'))
        .filter(|it| !it.is_empty())
    {
        match (line.split_first(), lines.last_mut()) {
            (Some((b' ' | b'\t', more)), Some(last)) => last.extend_from_slice(more),
            _ => lines.push(line.to_vec()),
        }
    }
    lines
        .iter()
        .map(|it| String::from_utf8_lossy(it).into_owned())
        .collect()
}
