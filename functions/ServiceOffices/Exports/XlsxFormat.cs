using System.IO.Compression;
using System.IO.Pipelines;
using System.Text;
using ServiceOffices.Tables;

namespace ServiceOffices.Exports;

/// <summary>
/// An Excel workbook (ISO/IEC 29500, Office Open XML): the rows on the first sheet with real types, a header that stays
/// in sight and a filter; on the second what each column means. Texts are inline strings, which no program takes for
/// formulas. A cell is as in <see cref="CsvFormat"/> where Excel has no type for its value.
/// </summary>
public sealed class XlsxFormat : ExportFormat
{
    private const int MaxRows = 1_048_576;
    private const int MaxColumns = 16_384;
    private const int FlushBytes = 64 * 1024;

    // The time that a ZIP archive can say at the earliest: the same rows are the same bytes whenever they are written.
    private static readonly DateTimeOffset FixedTimestamp = new(1980, 1, 1, 0, 0, 0, TimeSpan.Zero);

    public override string Name => "xlsx";

    public override string MediaType => "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";

    public override bool HasTitles => true;

    public override bool IsCompressed => true;

    public override string? GetUnsupportedReason(RowSet rows) =>
        rows.Rows.Length >= MaxRows ? $"Excel holds {MaxRows - 1} rows and a header; these are {rows.Rows.Length}."
        : FlatColumn.FromTable(rows.Table).Count is > MaxColumns and var columns ? $"Excel holds {MaxColumns} columns; these are {columns}."
        : null;

    /// <exception cref="ArgumentException">There are more rows than Excel holds.</exception>
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
