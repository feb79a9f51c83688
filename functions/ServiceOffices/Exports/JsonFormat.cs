using ServiceOffices.Tables;

namespace ServiceOffices.Exports;

/// <summary>A JSON array with an object a row (RFC 8259): the values as the OData service writes them, nulls included, without its annotations.</summary>
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
