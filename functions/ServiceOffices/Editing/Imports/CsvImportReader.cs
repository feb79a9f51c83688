using System.Globalization;
using System.Text;
using ODataEngine.Formats.Spreadsheets;
using ServiceOffices.Editing.Forms;
using ServiceOffices.Register.Validation;
using Sylvan.Data.Csv;

namespace ServiceOffices.Editing.Imports;

/// <summary>Reads a CSV document (RFC 4180) with the header of a download of offices or events; the header decides which.</summary>
internal static class CsvImportReader
{
    private const string ExpectedEncoding = "text in UTF-8; in a spreadsheet, save as \"CSV UTF-8\"";

    // An office with every list at its maximum length is far shorter.
    private const int MaxRowLength = 4 * 1024 * 1024;

    public static ImportDocument Read(ReadOnlyMemory<byte> content, char delimiter)
    {
        content = Utf8Content.WithoutByteOrderMark(content);
        if (Utf8Content.FindProblem(content.Span) is { } encodingProblem)
        {
            return ImportDocument.Invalid(new ImportProblem(null, null, null, encodingProblem, ExpectedEncoding));
        }

        var text = Encoding.UTF8.GetString(content.Span);
        if (text.Length == 0)
        {
            return ImportDocument.Invalid(new ImportProblem(null, null, null, "nothing", "a header and rows, as in a download"));
        }

        return FindUnclosedQuote(text) is { } unclosedQuote ? ImportDocument.Invalid(unclosedQuote)
            : FindDeclaredDelimiter(text) is { } declared ? ReadRows(text[(text.IndexOf('\n') + 1)..], declared, headerRow: 2)
            : ReadRows(text, delimiter, headerRow: 1);
    }

    /// <summary>Finds the delimiter that a first line such as <c>sep=;</c> declares for Excel; null if there is no such line.</summary>
    private static char? FindDeclaredDelimiter(string text)
    {
        var firstLine = text.AsSpan(0, Math.Max(0, text.IndexOf('\n'))).TrimEnd('\r');
        return firstLine is ['s' or 'S', 'e' or 'E', 'p' or 'P', '=', ',' or ';' or '\t'] ? firstLine[^1] : null;
    }

    /// <summary>Finds a quote that is never closed, as in a truncated upload.</summary>
    private static ImportProblem? FindUnclosedQuote(string text)
    {
        if (text.AsSpan().Count('"') % 2 == 0)
        {
            return null;
        }

        var line = 1 + text.AsSpan(0, text.LastIndexOf('"')).Count('\n');
        return new ImportProblem(
            null, null, null, string.Create(CultureInfo.InvariantCulture, $"an odd number of quotes, the last in line {line}"),
            "complete, with every quoted cell closed and each quote inside a cell doubled (RFC 4180, 2.7)");
    }

    private static ImportDocument ReadRows(string text, char delimiter, int headerRow)
    {
        // Numbered as in a spreadsheet.
        var number = headerRow;
        try
        {
            using var csv = CsvDataReader.Create(new StringReader(text), new CsvDataReaderOptions
            {
                HasHeaders = false,
                Delimiter = delimiter,
                // A line that begins with # is a row like any other.
                Comment = '\0',
                BufferSize = 64 * 1024,
                MaxBufferSize = MaxRowLength,
                ResultSetMode = ResultSetMode.SingleResult,
            });
            csv.Read();
            string[] header = [.. Enumerable.Range(0, csv.RowFieldCount).Select(csv.GetString)];
            // A delimiter at the end of each line separates the last cell from an empty one.
            header = header[..(Array.FindLastIndex(header, name => !string.IsNullOrWhiteSpace(name)) + 1)];
            if (!ParseHeader(header, delimiter).TryGetValue(out var form, out var problems))
            {
                return ImportDocument.Invalid(problems);
            }

            List<EditRow> rows = [];
            for (number = headerRow + 1; csv.Read(); number++)
            {
                // Spreadsheets write rows of separators alone for cells that were once used.
                var isBlank = csv.RowFieldCount == 0 || (header.Length > 1 && Enumerable.Range(0, csv.RowFieldCount).All(cell => IsBlank(csv.GetString(cell))));
                if (!isBlank && rows.Count == ImportRows.MaxRows)
                {
                    return ImportDocument.Invalid(ImportRows.CreateTooManyRowsProblem(form));
                }

                if (!isBlank)
                {
                    rows.Add(ReadRow(form, header, csv, number, isSpreadsheet: delimiter == ';'));
                }
            }

            ImportRows read = new(header.ToHashSet(StringComparer.Ordinal), rows);
            return ReferenceEquals(form, EditForm.Events) ? new ImportDocument(null, read, []) : new ImportDocument(read, null, []);
        }
        catch (CsvRecordTooLargeException)
        {
            return ImportDocument.Invalid(new ImportProblem(
                null, number, null, "a longer row", string.Create(CultureInfo.InvariantCulture, $"rows of at most {MaxRowLength} characters")));
        }
        catch (CsvFormatException)
        {
            return ImportDocument.Invalid(new ImportProblem(null, number, null, "a cell with misplaced quotes", "CSV according to RFC 4180"));
        }
    }

    private static Result<EditForm, ImportProblem[]> ParseHeader(string[] header, char delimiter)
    {
        var form = header.Contains("officeId") ? EditForm.Events : header.Contains("id") ? EditForm.Offices : null;
        if (form is null)
        {
            return new[]
            {
                delimiter == ',' && header.Any(cell => cell.Contains(';'))
                    ? new ImportProblem(null, 1, null, "cells separated by semicolons", "a header separated by commas; for semicolons, use delimiter=semicolon")
                    : new ImportProblem(
                        null, 1, null, string.Join(delimiter, header),
                        "the header of a download, with a column id (offices) or officeId (events), separated by "
                        + (delimiter == ',' ? "commas" : "semicolons (delimiter=semicolon)")),
            };
        }

        List<ImportProblem> problems = [];
        foreach (var name in header.CountBy(name => name, StringComparer.Ordinal))
        {
            if (form.Find(name.Key) is null)
            {
                problems.Add(new ImportProblem(form.EntitySetName, 1, name.Key, name.Key, form.AllowedColumns));
            }
            else if (name.Value > 1)
            {
                problems.Add(new ImportProblem(form.EntitySetName, 1, name.Key, name.Key, "present only once in the header"));
            }
        }

        return problems.Count > 0 ? problems.ToArray() : form;
    }

    // Windows programs write the delimiter of the system, whatever the other rows have.
    private static bool IsBlank(string cell) => cell.AsSpan().IndexOfAnyExcept(" \t\u00A0,;") < 0;

    private static EditRow ReadRow(EditForm form, string[] header, CsvDataReader csv, int number, bool isSpreadsheet)
    {
        var count = csv.RowFieldCount;
        while (count > header.Length && string.IsNullOrWhiteSpace(csv.GetString(count - 1)))
        {
            count--;
        }

        if (count != header.Length)
        {
            var value = string.Create(CultureInfo.InvariantCulture, $"{csv.RowFieldCount} cells");
            return new EditRow(number, new Dictionary<string, object?>(), [new ValidationProblem("", value, string.Create(CultureInfo.InvariantCulture, $"a row of {header.Length} cells, like the header"))]);
        }

        var values = new Dictionary<string, object?>(StringComparer.Ordinal);
        for (var i = 0; i < header.Length; i++)
        {
            var cell = csv.GetString(i);
            values[header[i]] = isSpreadsheet
                ? EditRowMapper.ParseCell(form.Find(header[i])!, SpreadsheetCell.RemoveGuard(cell), decimalSeparator: ',')
                : EditRowMapper.ParseCell(form.Find(header[i])!, cell, decimalSeparator: '.');
        }

        return new EditRow(number, values, []);
    }
}

/// <summary>
/// A cell of CSV for Excel, such as <c>offices.excel.csv</c>, where strings are guarded so that Excel does not convert them
/// to numbers, dates or formulas. When Excel saves the file, it keeps some of the guards and drops others.
/// </summary>
internal static class SpreadsheetCell
{
    /// <summary>Removes the guard of a string: <c>="0114"</c> is 0114, <c>'=1+1</c> is =1+1.</summary>
    public static string RemoveGuard(string cell) => cell switch
    {
        ['=', '"', .. var text, '"'] when !text.Contains('"') => text,
        ['\'', .. var text] when SpreadsheetEscape.NeedsApostrophe(text) => text,
        _ => cell,
    };
}
