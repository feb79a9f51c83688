using System.Buffers;
using ODataEngine.Execution;
using ODataEngine.Model;
using ODataEngine.Parsing.QueryTree;
using ODataEngine.Protocol.Json;
using ODataEngine.Protocol.Responses;

namespace ODataEngine.Protocol.Revisions;

/// <summary>
/// Builds the changes of the result of a query since an earlier revision (OData 4.01 Part 1, 11.3). The results at both
/// revisions are evaluated and compared, so that the query options decide which changes are reported.
/// </summary>
/// <param name="before">The same request at the revision of the client.</param>
internal sealed class DeltaResponseBuilder(ReadContext context, ReadContext before, ValueResource resource)
{
    public ODataResponse Build()
    {
        using var current = new Snapshot(context, resource);
        using var previous = new Snapshot(before, resource);
        var changed = new List<int>();
        foreach (var row in current.Rows)
        {
            if (previous.FindMatchingRow(current, row) is not { } oldRow || !current.HasSamePayload(row, previous, oldRow))
            {
                changed.Add(row);
            }
        }

        var removed = previous.Rows.Where(row => current.FindMatchingRow(previous, row) is null).ToArray();
        var total = changed.Count + removed.Length;
        if (resource.Kind == ValueKind.Count)
        {
            return context.CreateCountResponse(total);
        }

        var page = ResponsePage.Create(context, total);
        return CollectionEnvelope.Write(
            context,
            ContextUrl.GetEntitySetFragment(resource) + ContextUrl.GetSelectList(context.Url.Query, context.Format.IsVersion401, (resource.Value.Type as CollectionType)?.Element) + "/$delta",
            context.Url.Query.IncludeCount ? total : null,
            page.NextLink,
            (json, rowWriter) => WriteItems(json, rowWriter, current, previous, [.. changed], removed, page),
            page.NextLink is null ? DeltaToken.CreateLink(context) : null);
    }

    private void WriteItems(JsonPayloadWriter json, RowWriter rowWriter, Snapshot current, Snapshot previous, int[] changed, int[] removed, ResponsePage page)
    {
        json.WriteStartArray();
        for (var index = page.Start; index < page.Start + page.Count; index++)
        {
            if (index < changed.Length)
            {
                rowWriter.WriteObject(current.Projection, changed[index]);
                continue;
            }

            var row = removed[index - changed.Length];
            WriteRemoved(json, before.EntityUrls.GetUrl(previous.Table, row), current.ContainsEntity(previous, row) ? "changed" : "deleted");
        }

        json.WriteEndArray();
    }

    private void WriteRemoved(JsonPayloadWriter json, string url, string reason)
    {
        json.WriteStartObject();
        if (context.Format.IsVersion401)
        {
            // OData JSON Format 4.01, 15.3.
            json.WriteName("@removed");
            json.WriteStartObject();
            json.WriteMember("reason", reason);
            json.WriteEndObject();
            json.WriteMember("@id", url);
        }
        else
        {
            // OData JSON Format 4.0, 14.2.
            json.WriteMember("@odata.context", ContextUrl.Create(context.Request.ServiceRoot, resource.EntitySet!.Name + "/$deletedEntity"));
            json.WriteMember("id", url);
            json.WriteMember("reason", reason);
        }

        json.WriteEndObject();
    }

    /// <summary>The result of the query at one revision.</summary>
    private sealed class Snapshot : IDisposable
    {
        private readonly HashSet<int> matchedRows;
        private readonly JsonPayloadWriter buffer;
        private readonly RowWriter rowWriter;
        private readonly ValueColumn[] key;
        private readonly bool showsColumnsOnly;

        // Two revisions of a set are nearly the same: the next row is the most likely match.
        private int nextCandidate;

        public Snapshot(ReadContext context, ValueResource resource)
        {
            buffer = new JsonPayloadWriter(context.Format.IsIeee754Compatible, context.Evaluation.Budget);
            rowWriter = new RowWriter(context, buffer);
            var source = context.Compiler.CompileCollection(resource.Value);
            Table = source.Table;
            Rows = new QueryPlan(context.Compiler, Table, context.Url.Query).GetMatches(source.GetRows(context.Evaluation), context.Evaluation);
            matchedRows = [.. Rows];
            Projection = new RowProjection(context.Compiler, Table, context.Url.Query);
            showsColumnsOnly = Projection.Items.All(item => item is ColumnItem);
            key = [.. Table.Type.Key.Select(part => (ValueColumn)Table[part])];
        }

        public Table Table { get; }

        public int[] Rows { get; }

        public RowProjection Projection { get; }

        /// <summary>Gets the row with the same key; null if the query does not return it at this revision.</summary>
        public int? FindMatchingRow(Snapshot other, int row) => FindRow(other, row) is >= 0 and var found && matchedRows.Contains(found) ? found : null;

        /// <summary>Returns whether the entity exists at this revision, even if the query does not return it.</summary>
        public bool ContainsEntity(Snapshot other, int row) => FindRow(other, row) >= 0;

        /// <summary>Returns whether two rows have the same payload; computed and expanded values are compared as JSON.</summary>
        public bool HasSamePayload(int row, Snapshot other, int otherRow) =>
            (showsColumnsOnly && Table.RowEquals(row, other.Table, otherRow)) || Serialize(row).SequenceEqual(other.Serialize(otherRow));

        public void Dispose() => buffer.Dispose();

        private ReadOnlySpan<byte> Serialize(int row)
        {
            buffer.Clear();
            rowWriter.WriteObject(Projection, row);
            var content = buffer.Content;
            return content.IsSingleSegment ? content.FirstSpan : content.ToArray();
        }

        private int FindRow(Snapshot other, int row)
        {
            var found = nextCandidate < Table.Count && HasSameKey(other, row, nextCandidate)
                ? nextCandidate
                : Table.FindRow([.. other.key.Select(part => part.GetBoxedValue(row)!)]);
            nextCandidate = found + 1;
            return found;
        }

        private bool HasSameKey(Snapshot other, int row, int ownRow)
        {
            for (var i = 0; i < key.Length; i++)
            {
                if (!key[i].ValueEquals(ownRow, other.key[i], row))
                {
                    return false;
                }
            }

            return true;
        }
    }
}
