using System.IO.Pipelines;
using System.Text.Json;
using ODataEngine.Model;

namespace ODataEngine.Formats;

/// <summary>Writes each row as JSON on a line of its own, so that files can be compared, searched and read in part.</summary>
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

/// <summary>A JSON array with one object per row (RFC 8259): the values as in OData JSON, including nulls, without annotations.</summary>
public sealed class JsonFormat : ExportFormat
{
    public override string Name => "json";

    public override string MediaType => "application/json";

    public override Task WriteAsync(RowSet rows, ExportOptions options, Stream output, CancellationToken cancellationToken) =>
        JsonRowsWriter.WriteAsync(
            rows, output,
            prefix: "[\n"u8.ToArray(),
            (json, row) => JsonValueWriter.WriteObject(json, rows.Table, row),
            separator: ",\n"u8.ToArray(),
            suffix: "\n]\n"u8.ToArray(),
            cancellationToken);
}

/// <summary>JSON Lines: the objects of <see cref="JsonFormat"/>, one per line, for tools that read rows one by one.</summary>
public sealed class NdjsonFormat : ExportFormat
{
    public override string Name => "ndjson";

    public override string MediaType => "application/x-ndjson";

    public override async Task WriteAsync(RowSet rows, ExportOptions options, Stream output, CancellationToken cancellationToken) =>
        await JsonRowsWriter.WriteAsync(
            rows, output,
            prefix: default,
            (json, row) => JsonValueWriter.WriteObject(json, rows.Table, row),
            separator: "\n"u8.ToArray(),
            suffix: rows.Rows.IsEmpty ? default : "\n"u8.ToArray(),
            cancellationToken);
}
