using System.IO.Pipelines;
using System.Text.Json;
using ServiceOffices.Tables;

namespace ServiceOffices.Exports;

/// <summary>Writes rows as JSON texts, each on a line of its own, so that files can be compared, searched and read in part.</summary>
internal static class JsonRows
{
    private const int FlushBytes = 64 * 1024;

    public static async Task WriteAsync(
        RowSet rows, Stream output, ReadOnlyMemory<byte> before, Action<Utf8JsonWriter, int> write, ReadOnlyMemory<byte> between, ReadOnlyMemory<byte> after,
        CancellationToken cancellationToken)
    {
        var pipe = PipeWriter.Create(output, new StreamPipeWriterOptions(minimumBufferSize: FlushBytes, leaveOpen: true));
        using var json = new Utf8JsonWriter(pipe, JsonValues.Options);
        await pipe.WriteAsync(before, cancellationToken);
        for (var i = 0; i < rows.Rows.Length; i++)
        {
            if (i > 0)
            {
                between.Span.CopyTo(pipe.GetSpan(between.Length));
                pipe.Advance(between.Length);
            }

            write(json, rows.Rows.Span[i]);
            json.Flush();
            json.Reset();
            if (pipe.UnflushedBytes >= FlushBytes)
            {
                await pipe.FlushAsync(cancellationToken);
            }
        }

        await pipe.WriteAsync(after, cancellationToken);
        await pipe.CompleteAsync();
    }
}
