using ODataEngine.Formats;
using ODataEngine.Formats.Spreadsheets;
using ODataEngine.Model;

namespace CrashingPublisher;

/// <summary>CSV for only three sets: enough for every kind of write of a publication, each of which costs the test a process.</summary>
public sealed class MinimalFormat : ExportFormat
{
    private readonly CsvFormat csv = new();

    public override string Name => csv.Name;

    public override string MediaType => csv.MediaType;

    public override string? GetUnsupportedReason(StructuredType type) =>
        type.Name is "Office" or "County" or "Publication" ? null : "only offices, counties and publications";

    public override Task WriteAsync(RowSet rows, ExportOptions options, Stream output, CancellationToken cancellationToken) => csv.WriteAsync(rows, options, output, cancellationToken);
}
