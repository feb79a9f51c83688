using System.Text;
using ODataEngine.Formats;
using ODataEngine.Model;

namespace ServiceOffices.Tests.Publishing;

/// <summary>A format that calls a delegate while it is written.</summary>
internal sealed class CallbackFormat(string name, Func<Task> onWrite) : ExportFormat
{
    public override string Name => name;

    public override string MediaType => "text/plain";

    public override string? GetUnsupportedReason(StructuredType type) => type.Name == "Office" ? null : "only offices";

    public override async Task WriteAsync(RowSet rows, ExportOptions options, Stream output, CancellationToken cancellationToken)
    {
        await onWrite();
        await output.WriteAsync(Encoding.UTF8.GetBytes($"{rows.Rows.Length} offices"), cancellationToken);
    }
}
