using System.IO.Compression;
using System.IO.Pipelines;
using System.Security;
using System.Text;
using ODataEngine.Model;

namespace ODataEngine.Formats.Spreadsheets;

/// <summary>The parts of a workbook other than its sheets. They differ only in the sheet names.</summary>
internal static class XlsxPackageParts
{
    public const string DataSheet = "xl/worksheets/sheet1.xml";
    public const string DictionarySheet = "xl/worksheets/sheet2.xml";

    public const int HeaderStyle = 1;
    public const int DateStyle = 2;
    public const int DateTimeStyle = 3;
    public const int TimeStyle = 4;

    private const string XmlDeclaration = """<?xml version="1.0" encoding="UTF-8" standalone="yes"?>""" + "\n";

    private const int MaxSheetNameLength = 31;

    private static readonly LocalizedString DictionaryTitle = new("Columns", "Kolumner");

    /// <summary>Creates distinct sheet names of at most 31 characters, without those that Excel forbids.</summary>
    public static (string Data, string Dictionary) CreateSheetNames(ExportOptions options)
    {
        var requestedName = options is { Language: { } language, Title: { } title } ? language.Localize(title) : options.Name;
        var data = string.Concat(requestedName.Where(character => !@"[]:*?/\'".Contains(character, StringComparison.Ordinal) && !char.IsControl(character)).Take(MaxSheetNameLength));
        var dictionary = options.Language?.Localize(DictionaryTitle) ?? "columns";
        return (data.Length == 0 ? "data" : data, data.Equals(dictionary, StringComparison.OrdinalIgnoreCase) ? dictionary + " 2" : dictionary);
    }

    public static IEnumerable<(string Name, string Content)> GetFixedParts(string data, string dictionary) =>
    [
        ("[Content_Types].xml", XmlDeclaration + """
            <Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Override PartName="/xl/workbook.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/><Override PartName="/xl/worksheets/sheet1.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"/><Override PartName="/xl/worksheets/sheet2.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"/><Override PartName="/xl/styles.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.styles+xml"/></Types>
            """),
        ("_rels/.rels", XmlDeclaration + """
            <Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="xl/workbook.xml"/></Relationships>
            """),
        ("xl/workbook.xml", XmlDeclaration + $"""
            <workbook xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"><sheets><sheet name="{SecurityElement.Escape(data)}" sheetId="1" r:id="rId1"/><sheet name="{SecurityElement.Escape(dictionary)}" sheetId="2" r:id="rId2"/></sheets></workbook>
            """),
        ("xl/_rels/workbook.xml.rels", XmlDeclaration + """
            <Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet" Target="worksheets/sheet1.xml"/><Relationship Id="rId2" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet" Target="worksheets/sheet2.xml"/><Relationship Id="rId3" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/styles" Target="styles.xml"/></Relationships>
            """),
        // The order of cellXfs is that of the style numbers above.
        ("xl/styles.xml", XmlDeclaration + """
            <styleSheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><numFmts count="3"><numFmt numFmtId="164" formatCode="yyyy\-mm\-dd"/><numFmt numFmtId="165" formatCode="yyyy\-mm\-dd\ hh:mm:ss"/><numFmt numFmtId="166" formatCode="hh:mm:ss"/></numFmts><fonts count="2"><font><sz val="11"/><name val="Calibri"/></font><font><b/><sz val="11"/><name val="Calibri"/></font></fonts><fills count="3"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill><fill><patternFill patternType="solid"><fgColor rgb="FFD9E2EC"/></patternFill></fill></fills><borders count="1"><border><left/><right/><top/><bottom/><diagonal/></border></borders><cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs><cellXfs count="5"><xf numFmtId="0" fontId="0" fillId="0" borderId="0" xfId="0"/><xf numFmtId="0" fontId="1" fillId="2" borderId="0" xfId="0" applyFont="1" applyFill="1"/><xf numFmtId="164" fontId="0" fillId="0" borderId="0" xfId="0" applyNumberFormat="1"/><xf numFmtId="165" fontId="0" fillId="0" borderId="0" xfId="0" applyNumberFormat="1"/><xf numFmtId="166" fontId="0" fillId="0" borderId="0" xfId="0" applyNumberFormat="1"/></cellXfs><cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles></styleSheet>
            """),
    ];
}

/// <summary>
/// An Excel workbook (ISO/IEC 29500, Office Open XML). The first sheet contains the rows as typed cells, with a frozen header and a
/// filter; the second describes each column. Strings are inline strings, which are never interpreted as formulas. A value for which
/// Excel has no type is written as in <see cref="CsvFormat"/>.
/// </summary>
public sealed class XlsxFormat : ExportFormat
{
    private const int MaxRows = 1_048_576;
    private const int MaxColumns = 16_384;
    private const int FlushBytes = 64 * 1024;

    // The earliest time that a ZIP archive supports, so that the same rows always give the same bytes.
    private static readonly DateTimeOffset FixedTimestamp = new(1980, 1, 1, 0, 0, 0, TimeSpan.Zero);

    public override string Name => "xlsx";

    public override string MediaType => "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";

    public override bool HasTitles => true;

    public override bool IsCompressed => true;

    public override string? GetUnsupportedReason(RowSet rows) =>
        rows.Rows.Length >= MaxRows ? $"An Excel sheet is limited to {MaxRows - 1} rows and a header; the result has {rows.Rows.Length} rows."
        : FlatColumn.FromTable(rows.Table).Count is > MaxColumns and var columns ? $"An Excel sheet is limited to {MaxColumns} columns; the result has {columns}."
        : null;

    /// <exception cref="ArgumentException">There are more rows or columns than an Excel sheet supports.</exception>
    public override async Task WriteAsync(RowSet rows, ExportOptions options, Stream output, CancellationToken cancellationToken)
    {
        if (GetUnsupportedReason(rows) is { } reason)
        {
            throw new ArgumentException(reason, nameof(rows));
        }

        var (data, dictionary) = XlsxPackageParts.CreateSheetNames(options);
        await using var bufferedOutput = new BufferedOutputStream(output);
        await using var zip = await ZipArchive.CreateAsync(bufferedOutput, ZipArchiveMode.Create, leaveOpen: true, Encoding.UTF8, cancellationToken);
        foreach (var (name, content) in XlsxPackageParts.GetFixedParts(data, dictionary))
        {
            await AddAsync(zip, name, pipe => pipe.WriteAsync(Encoding.UTF8.GetBytes(content), cancellationToken).AsTask(), cancellationToken);
        }

        var columns = FlatColumn.FromTable(rows.Table);
        await AddAsync(zip, XlsxPackageParts.DataSheet, pipe => WriteSheetAsync(pipe, columns, rows.Rows, options.Language, cancellationToken), cancellationToken);
        var dictionaryRows = RowSet.All(ColumnDictionary.Create(columns));
        await AddAsync(
            zip, XlsxPackageParts.DictionarySheet, pipe => WriteSheetAsync(pipe, FlatColumn.FromTable(dictionaryRows.Table), dictionaryRows.Rows, options.Language, cancellationToken), cancellationToken);
    }

    private static async Task AddAsync(ZipArchive zip, string name, Func<PipeWriter, Task> write, CancellationToken cancellationToken)
    {
        var entry = zip.CreateEntry(name, CompressionLevel.Fastest);
        entry.LastWriteTime = FixedTimestamp;
        await using var stream = await entry.OpenAsync(cancellationToken);
        var pipe = PipeWriter.Create(stream, new StreamPipeWriterOptions(minimumBufferSize: FlushBytes, leaveOpen: true));
        await write(pipe);
        await pipe.CompleteAsync();
    }

    private static async Task WriteSheetAsync(
        PipeWriter pipe, IReadOnlyList<FlatColumn> columns, ReadOnlyMemory<int> rows, Language? language, CancellationToken cancellationToken)
    {
        var headings = FlatColumn.GetHeadings(columns, language);
        var sheet = new XlsxSheetWriter(pipe, columns);
        sheet.WriteStart(headings, rows.Span);
        for (var i = 0; i < rows.Length; i++)
        {
            sheet.WriteRow(rows.Span[i]);
            if (pipe.UnflushedBytes >= FlushBytes)
            {
                await pipe.FlushAsync(cancellationToken);
            }
        }

        sheet.WriteEnd();
        await pipe.FlushAsync(cancellationToken);
    }
}
