//! `onebox demo`: the embedded server, for trying, for tests, for showing.
//!
//! With `--serve` the first line on stdout is JSON, `{"url": "http://127.0.0.1:PORT", "key": "…"}`, and nothing else
//! is printed. Without it, the program says what to try and then tells what happens in the world. With a command after
//! `--` nothing is printed but what that command prints, and its exit code is passed on.

mod command;
mod look;

use std::ffi::OsString;
use std::net::{IpAddr, Ipv4Addr};
use std::path::PathBuf;
use std::process::ExitCode;
use std::time::Duration;

use clap::Args;
use serde_json::json;
use tokio::runtime::Handle;

use super::cells::{cut, width};
use super::output::{self, Paint, painted};
use super::{Exit, Failure, Globals, crew};
use crate::demo::{Clock, Demo, Mischief, News, Options, Scale};
use crate::runtime::look::{Look, Terminal};
use crate::runtime::signals::Signals;

/// Starts the embedded server.
#[derive(Debug, Args)]
pub(super) struct Arguments {
    /// Run the server alone and print its address and key as JSON on the first line
    #[arg(long)]
    serve: bool,
    /// Port to listen on; any free one by default
    #[arg(long, default_value_t = 0)]
    port: u16,
    /// Address to listen on; other machines can only connect if this says so
    #[arg(long, default_value_t = IpAddr::V4(Ipv4Addr::LOCALHOST))]
    bind: IpAddr,
    /// Key that requests must bring; made up by default
    #[arg(long)]
    key: Option<String>,
    /// Number from which the invented world grows
    #[arg(long, default_value_t = 7)]
    seed: u64,
    /// Print nothing but the address and key, as with --serve
    #[arg(short, long)]
    quiet: bool,
    /// Keep the world in this folder and go on from there next time
    #[arg(long, value_name = "DIR")]
    data: Option<PathBuf>,
    /// Let things happen by themselves (the default, but with --serve)
    #[arg(long, overrides_with = "still")]
    live: bool,
    /// Let nothing happen by itself
    #[arg(long, overrides_with = "live")]
    still: bool,
    /// Begin the world at this moment instead of now
    #[arg(long, value_name = "TIME", value_parser = moment)]
    now: Option<i64>,
    #[command(flatten)]
    size: Size,
    #[command(flatten)]
    mischief: Misbehave,
    /// A command of onebox to run against the server, in a profile that is thrown away
    #[arg(last = true, value_name = "COMMAND", conflicts_with = "serve")]
    command: Vec<OsString>,
}

impl Arguments {
    /// Whether the inbox is shown, and not only the server's address.
    pub(super) fn is_on_screen(&self) -> bool {
        self.command.is_empty() && !self.serve && !self.quiet && output::is_terminal()
    }
}

#[derive(Debug, Args)]
#[command(next_help_heading = "Size")]
struct Size {
    /// Conversations
    #[arg(long, default_value_t = 190)]
    chats: usize,
    /// Messages in all of them
    #[arg(long, default_value_t = 6_000)]
    messages: usize,
    /// Mails in all mailboxes
    #[arg(long, default_value_t = 640)]
    mails: usize,
}

#[derive(Debug, Args)]
#[command(next_help_heading = "Misbehaviour")]
struct Misbehave {
    /// Wait before each answer, such as 50..400ms or 2s
    #[arg(long, value_name = "TIME", value_parser = latency)]
    latency: Option<(Duration, Duration)>,
    /// Share of requests that fail, such as 0.05
    #[arg(long, value_name = "SHARE", default_value_t = 0.0, value_parser = share)]
    error_rate: f64,
    /// Answer 429 to more requests than, such as, 100/min
    #[arg(long, value_name = "RATE", value_parser = rate)]
    rate_limit: Option<(u32, Duration)>,
    /// Share of POST requests that are carried out and then lose their connection
    #[arg(long, value_name = "SHARE", default_value_t = 0.0, value_parser = share)]
    drop_rate: f64,
}

fn moment(text: &str) -> Result<i64, String> {
    let at: jiff::Timestamp = text
        .parse()
        .map_err(|_| "a time looks like 2026-11-20T09:00:00Z".to_owned())?;
    Ok(at.as_millisecond())
}

fn share(text: &str) -> Result<f64, String> {
    let share = text
        .parse::<f64>()
        .ok()
        .filter(|share| (0.0..=1.0).contains(share));
    share.ok_or_else(|| "a share is a number from 0 to 1".to_owned())
}

/// Reads `50..400ms`, `50ms..2s` or `300ms`.
fn latency(text: &str) -> Result<(Duration, Duration), String> {
    let (low, high) = text.split_once("..").unwrap_or((text, text));
    let unit = if high.ends_with("ms") { "ms" } else { "s" };
    let low = if low.ends_with('s') {
        low.to_owned()
    } else {
        format!("{low}{unit}")
    };
    match (length(&low), length(high)) {
        (Some(low), Some(high)) if low <= high => Ok((low, high)),
        _ => Err("a latency looks like 50..400ms".to_owned()),
    }
}

fn length(text: &str) -> Option<Duration> {
    match text.strip_suffix("ms") {
        Some(number) => number.parse().ok().map(Duration::from_millis),
        None => text
            .strip_suffix('s')?
            .parse()
            .ok()
            .filter(|seconds: &f64| *seconds >= 0.0 && *seconds < 3600.0)
            .map(Duration::from_secs_f64),
    }
}

/// Reads `100/min`, `10/s` or `1000/h`.
fn rate(text: &str) -> Result<(u32, Duration), String> {
    let wrong = || "a rate looks like 100/min".to_owned();
    let (count, unit) = text.split_once('/').ok_or_else(wrong)?;
    let seconds = match unit {
        "s" | "sec" => 1,
        "m" | "min" => 60,
        "h" | "hour" => 3600,
        _ => return Err(wrong()),
    };
    let count = count
        .parse()
        .ok()
        .filter(|count| *count > 0)
        .ok_or_else(wrong)?;
    Ok((count, Duration::from_secs(seconds)))
}

/// Shows the demo as `onebox demo` does.
pub(super) fn look(globals: &Globals) -> Result<(), Failure> {
    #[derive(clap::Parser)]
    struct Plain {
        #[command(flatten)]
        arguments: Arguments,
    }
    let plain = <Plain as clap::Parser>::try_parse_from(["onebox"]).map_err(Failure::usage)?;
    run(plain.arguments, globals).map(drop)
}

/// Runs until it is interrupted, or until the command that was given has ended.
pub(super) fn run(arguments: Arguments, globals: &Globals) -> Result<ExitCode, Failure> {
    let live = arguments.live || !arguments.still && !arguments.serve;
    let alone = arguments.serve || arguments.quiet;
    let on_screen = arguments.is_on_screen();
    let command = arguments.command.clone();
    let options = options(arguments, live);
    let failed = |error: crate::demo::StartError| Failure {
        exit: Exit::Usage,
        message: error.to_string(),
    };
    let crew = crew()?;
    let signals = crew.block_on(async { Signals::listen() });
    let demo = crew.block_on(Demo::start(options)).map_err(failed)?;
    let done = if on_screen {
        show(&demo, globals, crew.handle())
    } else {
        crew.block_on(async {
            if command.is_empty() {
                tell(&demo, alone, signals)
                    .await
                    .map(|()| ExitCode::SUCCESS)
            } else {
                command::run(&demo, &command, globals, signals).await
            }
        })
    };
    crew.block_on(demo.stop());
    done
}

/// Shows the inbox over the server, in a profile that is thrown away.
fn show(demo: &Demo, globals: &Globals, crew: &Handle) -> Result<ExitCode, Failure> {
    let failed = |error: std::io::Error| {
        Failure::usage(format!("The demo has no place to store anything: {error}."))
    };
    let folder = tempfile::Builder::new()
        .prefix("onebox-demo-")
        .tempdir()
        .map_err(failed)?;
    let own = Look {
        dir: globals.profile.config_dir.clone(),
        flags: globals.screen,
        terminal: Terminal::here(),
        readonly: false,
    };
    let config = folder.path().join("config");
    look::lend(&own, &config);
    let globals = Globals {
        profile: crate::config::Profile {
            name: "demo".to_owned(),
            data_dir: folder.path().join("data"),
            config_dir: config,
            keyring: false,
        },
        own_server: true,
        ..globals.clone()
    };
    let key = secrecy::SecretString::from(demo.key());
    let base = crate::api::BaseUrl::parse(demo.url()).map_err(Failure::usage)?;
    let client = crate::api::Client::new(base, &key)?;
    super::inbox::screen(client, globals, crew, None)?;
    Ok(ExitCode::SUCCESS)
}

/// Says how to reach the server, and what happens in its world if there is somebody to tell it to.
async fn tell(demo: &Demo, alone: bool, mut signals: Signals) -> Result<(), Failure> {
    let mut news = demo.news();
    if alone {
        output::line(&json!({"url": demo.url(), "key": demo.key()}).to_string())?;
    } else {
        output::raw(welcome(demo).as_bytes())?;
    }
    let stopped = signals.next();
    tokio::pin!(stopped);
    loop {
        tokio::select! {
            _ = &mut stopped => return Ok(()),
            item = news.recv() => match item {
                Ok(item) if !alone => output::line(&told(&item))?,
                Err(tokio::sync::broadcast::error::RecvError::Closed) => return Ok(()),
                _ => {}
            },
        }
    }
}

fn options(arguments: Arguments, live: bool) -> Options {
    let Arguments {
        port,
        bind,
        key,
        seed,
        data,
        now,
        size,
        mischief,
        ..
    } = arguments;
    let system = jiff::Timestamp::now().as_millisecond();
    let began = now.unwrap_or(system);
    let ahead = began - system;
    Options {
        bind,
        port,
        key: key.unwrap_or_else(made_up_key),
        scale: Scale {
            seed,
            began,
            chats: size.chats,
            messages: size.messages,
            mails: size.mails,
        },
        clock: Clock::by_hand(move || jiff::Timestamp::now().as_millisecond() + ahead),
        live,
        data,
        retry_gap: std::time::Duration::from_secs(1),
        mischief: Mischief {
            latency: mischief.latency,
            error_rate: mischief.error_rate,
            rate_limit: mischief.rate_limit,
            drop_rate: mischief.drop_rate,
            ..Mischief::default()
        },
    }
}

fn made_up_key() -> String {
    use std::hash::{BuildHasher as _, Hasher as _};
    let chance = std::hash::RandomState::new().build_hasher().finish();
    format!("demo-{chance:016x}")
}

fn welcome(demo: &Demo) -> String {
    let about = demo.about();
    let size = format!(
        "{} accounts · {} people · {} conversations · {} messages · {} mails",
        about.accounts, about.people, about.chats, about.messages, about.mails,
    );
    let tries = [
        ("onebox api --list", "every operation there is"),
        (
            "onebox api listAccounts",
            "Ada Martin's accounts: this is her world",
        ),
        ("onebox api listChats limit=5", "her latest conversations"),
        (
            "onebox api --help sendMessage",
            "write to somebody: they answer",
        ),
    ];
    let tries =
        tries.map(|(command, what)| format!("  {command:<34} {}", painted(Paint::Dim, what)));
    format!(
        "{} Nothing leaves it, nobody in it is real.\n{}\n\nIn another terminal:\n\n  export ONEBOX_URL={} ONEBOX_KEY={}\n{}\n{}\n\n\
         Stop with Ctrl-C. What happens here from now on:\n\n",
        painted(Paint::Bold, "A whole Unipile runs on this machine."),
        painted(Paint::Dim, &size),
        demo.url(),
        demo.key(),
        alias(),
        tries.join("\n"),
    )
}

/// How the shell finds this program, where it does not find it by its name.
fn alias() -> String {
    let Ok(program) = std::env::current_exe() else {
        return String::new();
    };
    let folders = std::env::var_os("PATH").unwrap_or_default();
    let known =
        std::env::split_paths(&folders).any(|folder| program.parent() == Some(folder.as_path()));
    if known {
        String::new()
    } else {
        format!("  alias onebox='{}'\n", program.display())
    }
}

/// One line about something that happened.
fn told(news: &News) -> String {
    let paint = match news.place.as_str() {
        "whatsapp" => Paint::Green,
        "linkedin" | "messenger" => Paint::Blue,
        "telegram" | "twitter" => Paint::Cyan,
        "instagram" => Paint::Magenta,
        "slack" => Paint::Red,
        _ => Paint::Yellow,
    };
    let clock = news.at.get(11..16).unwrap_or_default();
    let (who, text) = (
        output::safe(&news.who),
        output::safe(&news.text.replace('\n', " ")),
    );
    let place = format!("{:<9}", news.place);
    let taken = clock.len() + place.len() + 6 + width(&who);
    format!(
        "{}  {}  {}  {}",
        painted(Paint::Dim, clock),
        painted(paint, &place),
        painted(Paint::Bold, &who),
        cut(&text, output::width().saturating_sub(taken).max(12)),
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sizes_of_misbehaviour_are_read_as_people_write_them() {
        let ms = Duration::from_millis;
        assert_eq!(latency("50..400ms"), Ok((ms(50), ms(400))));
        assert_eq!(latency("50ms..2s"), Ok((ms(50), ms(2000))));
        assert_eq!(latency("2s"), Ok((ms(2000), ms(2000))));
        assert!(latency("400..50ms").is_err() && latency("fast").is_err());
        assert_eq!(rate("100/min"), Ok((100, ms(60_000))));
        assert!(rate("100").is_err() && rate("0/s").is_err());
        assert!(share("1.5").is_err() && share("0.05").is_ok());
    }
}
