using ServiceOffices.Tables;

namespace ServiceOffices.Exports;

/// <summary>An object a line (JSON Lines): the objects of <see cref="JsonFormat"/>, for tools that read rows one by one.</summary>
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
