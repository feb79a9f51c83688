using System.Buffers;
using System.IO.Pipelines;
using ServiceOffices.Tables;

namespace ServiceOffices.Exports;

/// <summary>
/// CSV as Excel with Swedish settings opens it by a double click: a byte order mark, semicolons between cells, decimal
/// commas, dates and times that it takes for such, and texts that stay the texts they are (<see cref="ExcelCellFormatter"/>). For
/// people; programs take <see cref="CsvFormat"/>.
/// </summary>
public sealed class ExcelCsvFormat : ExportFormat
{
    private const int FlushBytes = 64 * 1024;

    public override string Name => "excel.csv";

    public override string MediaType => "text/csv; charset=utf-8";

    public override bool HasTitles => true;

    public override async Task WriteAsync(RowSet rows, ExportOptions options, Stream output, CancellationToken cancellationToken)
    {
        var columns = FlatColumn.FromTable(rows.Table);
        var pipe = PipeWriter.Create(output, new StreamPipeWriterOptions(minimumBufferSize: FlushBytes, leaveOpen: true));
        pipe.Write("\ufeff"u8);
        using var csv = new CsvWriter(pipe, ';');
        foreach (var heading in FlatColumn.GetHeadings(columns, options.Language))
        {
            csv.WriteString(ExcelCellFormatter.Escape(heading));
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
            if (column.IsNull(row))
            {
                csv.WriteNull();
            }
            else
            {
                csv.WriteString(ExcelCellFormatter.Format(column.Column, row));
            }
        }

        csv.EndRow();
    }
}
