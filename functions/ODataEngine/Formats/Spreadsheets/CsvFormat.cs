using System.IO.Pipelines;
using ODataEngine.Model;

namespace ODataEngine.Formats.Spreadsheets;

/// <summary>
/// Comma-separated values (RFC 4180) in UTF-8 without a byte order mark. Cells follow docs/downloads.md: a value is its JSON without
/// quotes, geography is WKT, null is empty, and the empty string is <c>""</c>. Strings that look like formulas are not escaped.
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
                // Readers skip empty lines, and would skip the row.
                csv.WriteString("");
            }
        }

        csv.EndRow();
    }
}
