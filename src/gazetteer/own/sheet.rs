//! Sheets: tab-separated text with a line of column names, as a spreadsheet saves it.
//!
//! Empty lines and lines that begin with `#` say nothing. Not for what columns mean.

/// A sheet with its column names.
pub(super) struct Sheet<'a> {
    columns: Vec<&'a str>,
    rows: Vec<Row<'a>>,
}

/// One row of a sheet.
pub(super) struct Row<'a> {
    /// The line, from 1.
    pub line: usize,
    cells: Vec<&'a str>,
}

impl<'a> Sheet<'a> {
    /// Cuts `text`; fails with a line and what is wrong there.
    pub(super) fn new(text: &'a str, known: &[&str]) -> Result<Sheet<'a>, (usize, String)> {
        let mut rows = lines(text);
        let wants = || format!("the first line names the columns: {}", known.join(" "));
        let head = rows.next().ok_or_else(|| (1, wants()))?;
        let columns: Vec<&str> = head.cells;
        if let Some(odd) = columns.iter().find(|c| !known.contains(c)) {
            return Err((
                head.line,
                format!("no column is called `{odd}`; {}", wants()),
            ));
        }
        if !columns.contains(&"name") {
            return Err((head.line, format!("no column `name`; {}", wants())));
        }
        let rows: Vec<Row> = rows.collect();
        if let Some(row) = rows.iter().find(|r| r.cells.len() > columns.len()) {
            let (has, wants) = (row.cells.len(), columns.len());
            return Err((
                row.line,
                format!("{has} cells where there are {wants} columns"),
            ));
        }
        Ok(Sheet { columns, rows })
    }

    /// The rows below the column names.
    pub(super) fn rows(&self) -> &[Row<'a>] {
        &self.rows
    }

    /// A row's cell of a column, or nothing.
    pub(super) fn cell(&self, row: &Row<'a>, column: &str) -> &'a str {
        let at = self.columns.iter().position(|c| *c == column);
        at.and_then(|at| row.cells.get(at)).copied().unwrap_or("")
    }

    /// The parts of a cell that holds a list.
    pub(super) fn list(
        &self,
        row: &Row<'a>,
        column: &str,
    ) -> impl Iterator<Item = &'a str> + use<'a> {
        let parts = self.cell(row, column).split('|').map(str::trim);
        parts.filter(|p| !p.is_empty())
    }
}

/// The lines that say something, cut into cells.
pub(super) fn lines(text: &str) -> impl Iterator<Item = Row<'_>> {
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    let said = |l: &(usize, &str)| !l.1.trim().is_empty() && !l.1.starts_with('#');
    text.lines().enumerate().filter(said).map(|(n, line)| Row {
        line: n + 1,
        cells: line.split('\t').map(str::trim).collect(),
    })
}

impl<'a> Row<'a> {
    /// Its cells.
    pub(super) fn cells(&self) -> &[&'a str] {
        &self.cells
    }
}
