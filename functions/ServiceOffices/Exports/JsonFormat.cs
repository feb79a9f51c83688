using ServiceOffices.Tables;

namespace ServiceOffices.Exports;

/// <summary>A JSON array with an object a row (RFC 8259): the values as the OData service writes them, nulls included, without its annotations.</summary>
public sealed class JsonFormat : ExportFormat
{
    public override string Name => "json";

    public override string MediaType => "application/json";

    public override Task WriteAsync(RowSet rows, ExportOptions options, Stream output, CancellationToken cancellationToken) =>
        JsonRows.WriteAsync(
            rows, output,
            before: "[\n"u8.ToArray(),
            (json, row) => JsonValues.WriteObject(json, rows.Table, row),
            between: ",\n"u8.ToArray(),
            after: "\n]\n"u8.ToArray(),
            cancellationToken);
}
