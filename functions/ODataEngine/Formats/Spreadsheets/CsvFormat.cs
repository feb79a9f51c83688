using System.IO.Pipelines;
using ODataEngine.Model;

namespace ODataEngine.Formats.Spreadsheets;

/// <summary>
/// Comma-separated values (RFC 4180) in UTF-8 without a byte order mark. The rule for cells is in docs/downloads.md: a
/// value stands as its JSON without quotes, a point as WKT, null as nothing, the empty string as <c>""</c>. Nothing is
/// changed for spreadsheets' sake: a text that looks like a formula stays as it is.
/// </summary>
public sealed class CsvFormat : ExportFormat
{
    private const int FlushBytes = 64 * 1024;

    public override string Name => "csv";

    public override string MediaType => "text/csv; charset=utf-8";

    public override bool HasTitles => true;

    public override async Task WriteAsync(RowSet rows, ExportOptions options, Stream output, CancellationToken cancellationToken)
    {
        var columns = FlatColumn.FromTable(rows.Table);
        var pipe = PipeWriter.Create(output, new StreamPipeWriterOptions(minimumBufferSize: FlushBytes, leaveOpen: true));
        using var csv = new CsvWriter(pipe, ',');
        foreach (var heading in FlatColumn.GetHeadings(columns, options.Language))
        {
            csv.WriteString(heading);
        }

        csv.EndRow();
        for (var i = 0; i < rows.Rows.Length; i++)
        {
            WriteRow(csv, columns, rows.Rows.Span[i]);
            if (pipe.UnflushedBytes >= FlushBytes)
            {
                await pipe.FlushAsync(cancellationToken);
            }
        }

        await pipe.FlushAsync(cancellationToken);
        await pipe.CompleteAsync();
    }

    private static void WriteRow(CsvWriter csv, IReadOnlyList<FlatColumn> columns, int row)
    {
        foreach (var column in columns)
        {
            if (!column.IsNull(row))
            {
                csv.WriteValue(column.Column, row);
            }
            else if (columns.Count > 1)
            {
                csv.WriteNull();
            }
            else
            {
                // Readers drop a line with nothing on it, and with it the row.
                csv.WriteString("");
            }
        }

        csv.EndRow();
    }
}
