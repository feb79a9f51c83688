using System.IO.Pipelines;
using System.Text.Json;
using ServiceOffices.Tables;

namespace ServiceOffices.Exports;

/// <summary>Writes rows as JSON texts, each on a line of its own, so that files can be compared, searched and read in part.</summary>
internal static class JsonRowsWriter
{
    private const int FlushBytes = 64 * 1024;

    public static async Task WriteAsync(
        RowSet rows, Stream output, ReadOnlyMemory<byte> prefix, Action<Utf8JsonWriter, int> writeRow, ReadOnlyMemory<byte> separator, ReadOnlyMemory<byte> suffix,
        CancellationToken cancellationToken)
    {
        var pipe = PipeWriter.Create(output, new StreamPipeWriterOptions(minimumBufferSize: FlushBytes, leaveOpen: true));
        using var json = new Utf8JsonWriter(pipe, JsonValueWriter.WriterOptions);
        await pipe.WriteAsync(prefix, cancellationToken);
        for (var i = 0; i < rows.Rows.Length; i++)
        {
            if (i > 0)
            {
                separator.Span.CopyTo(pipe.GetSpan(separator.Length));
                pipe.Advance(separator.Length);
            }

            writeRow(json, rows.Rows.Span[i]);
            json.Flush();
            json.Reset();
            if (pipe.UnflushedBytes >= FlushBytes)
            {
                await pipe.FlushAsync(cancellationToken);
            }
        }

        await pipe.WriteAsync(suffix, cancellationToken);
        await pipe.CompleteAsync();
    }
}
