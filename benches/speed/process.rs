//! A program run from outside: what it computes, how long that takes, how much memory it holds.

use std::path::Path;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

/// What a run took.
#[derive(Clone, Copy, Default, Debug)]
pub struct Cost {
    /// Seconds of computing, user and system, of the program and all it started.
    pub cpu: f64,
    /// Seconds that passed.
    pub wall: f64,
    /// The most memory that it held, in bytes: looked at every few milliseconds.
    pub memory: f64,
}

/// Runs a program to its end, which must be a good one; its output is thrown away.
pub fn run(command: &mut Command) -> Result<Cost, String> {
    ended_with(&[0], command)
}

/// Runs a program that has to end with one of these statuses.
fn ended_with(fine: &[i32], command: &mut Command) -> Result<Cost, String> {
    let shown = format!("{command:?}");
    let failed = |why: &dyn std::fmt::Display| format!("{shown}: {why}");
    let (before, start) = (of_children(), Instant::now());
    let mut child = command
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn()
        .map_err(|e| failed(&e))?;
    let status = format!("/proc/{}/status", child.id());
    let mut memory = 0.0f64;
    let ended = loop {
        memory = memory.max(peak(&status));
        match child.try_wait().map_err(|e| failed(&e))? {
            Some(ended) => break ended,
            // Short runs are looked at more often than long ones.
            None => std::thread::sleep(
                (start.elapsed() / 50).clamp(Duration::from_micros(200), Duration::from_millis(20)),
            ),
        }
    };
    let cost = Cost {
        cpu: of_children() - before,
        wall: start.elapsed().as_secs_f64(),
        memory,
    };
    match ended.code() {
        Some(code) if fine.contains(&code) => Ok(cost),
        _ => Err(failed(&ended)),
    }
}

/// Runs a program that searches so many times and gives the mean of its computing and the median of its duration.
pub fn often(times: usize, command: impl Fn(usize) -> Command) -> Result<Cost, String> {
    let before = of_children();
    let mut walls = Vec::new();
    let mut memory = 0.0f64;
    for n in 0..times {
        // Nothing found is an answer too.
        let cost = ended_with(&[0, 1], &mut command(n))?;
        walls.push(cost.wall);
        memory = memory.max(cost.memory);
    }
    walls.sort_by(f64::total_cmp);
    Ok(Cost {
        cpu: (of_children() - before) / times as f64,
        wall: walls[times / 2],
        memory,
    })
}

/// Reports whether a program can be started.
pub fn is_installed(program: &str) -> bool {
    let mut probe = Command::new(program);
    probe.arg("--version").stdin(Stdio::null());
    probe.stdout(Stdio::null()).stderr(Stdio::null());
    probe.status().is_ok()
}

/// The bytes of all files below a folder.
pub fn size(folder: &Path) -> f64 {
    walkdir::WalkDir::new(folder)
        .into_iter()
        .flatten()
        .filter(|e| e.file_type().is_file())
        .map(|e| e.metadata().map_or(0.0, |m| m.len() as f64))
        .sum()
}

/// Seconds that the ended children of this process have computed, in steps of a hundredth.
fn of_children() -> f64 {
    let stat = std::fs::read_to_string("/proc/self/stat").unwrap_or_default();
    let behind = stat.rsplit(')').next().unwrap_or_default();
    let mut fields = behind.split_whitespace().skip(13);
    let mut ticks = || fields.next().and_then(|f| f.parse::<f64>().ok());
    (ticks().unwrap_or(0.0) + ticks().unwrap_or(0.0)) / 100.0
}

fn peak(status: &str) -> f64 {
    let text = std::fs::read_to_string(status).unwrap_or_default();
    let line = text.lines().find_map(|l| l.strip_prefix("VmHWM:"));
    let kilobytes = line.and_then(|l| l.split_whitespace().next()?.parse::<f64>().ok());
    kilobytes.unwrap_or(0.0) * 1024.0
}
