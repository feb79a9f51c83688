using ODataEngine.Formats;
using ODataEngine.Model;

namespace ServiceOffices.Publishing.Manifests;

/// <summary>The content of the files of a publication: a pure function of its tables, so that a lost file can be created again with the same bytes.</summary>
internal static class PublicationExport
{
    public static string GetFileName(EntitySet set, ExportFormat format) => $"{set.Name}.{format.Name}";

    public static async Task<ReadOnlyMemory<byte>> CreateAsync(TableSet tables, EntitySet set, ExportFormat format, CancellationToken cancellationToken)
    {
        using var output = new MemoryStream();
        await format.WriteAsync(RowSet.All(tables[set]), new ExportOptions(set.Name) { Title = set.Title, Tables = tables }, output, cancellationToken);
        return output.GetBuffer().AsMemory(0, (int)output.Length);
    }
}
