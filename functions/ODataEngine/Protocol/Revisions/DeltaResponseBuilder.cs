using System.Buffers;
using ODataEngine.Execution;
using ODataEngine.Model;
using ODataEngine.Parsing.QueryTree;
using ODataEngine.Protocol.Json;
using ODataEngine.Protocol.Responses;

namespace ODataEngine.Protocol.Revisions;

/// <summary>
/// What changed in the answer to a query since an earlier revision (OData 4.01 Part 1, 11.3): the two answers are
/// evaluated and compared, so that whatever the query selects, expands or filters decides what a change is.
/// </summary>
/// <param name="before">The same request over the tables of the revision that the client has.</param>
internal sealed class DeltaResponseBuilder(ReadContext read, ReadContext before, ValueResource resource)
{
    public ODataResponse Build()
    {
        using var current = new Snapshot(read, resource);
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
            return read.CreateCountResponse(total);
        }

        var page = ResponsePage.Create(read, total);
        return CollectionEnvelope.Write(
            read,
            ContextUrl.GetEntitySetFragment(resource) + ContextUrl.GetSelectList(read.Url.Query) + "/$delta",
            read.Url.Query.IncludeCount ? total : null,
            page.NextLink,
            (json, rowWriter) => WriteItems(json, rowWriter, current, previous, [.. changed], removed, page),
            page.NextLink is null ? DeltaToken.CreateLink(read) : null);
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
        if (read.Format.IsVersion401)
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
            json.WriteMember("@odata.context", ContextUrl.Create(read.Request.ServiceRoot, resource.EntitySet!.Name + "/$deletedEntity"));
            json.WriteMember("id", url);
            json.WriteMember("reason", reason);
        }

        json.WriteEndObject();
    }

    /// <summary>The answer to the query over one revision.</summary>
    private sealed class Snapshot : IDisposable
    {
        private readonly HashSet<int> matchedRows;
        private readonly JsonPayloadWriter buffer;
        private readonly RowWriter rowWriter;
        private readonly ValueColumn[] key;
        private readonly bool showsColumnsOnly;

        // Two revisions of a set are nearly the same: the row after the last one found is the likeliest.
        private int nextCandidate;

        public Snapshot(ReadContext context, ValueResource resource)
        {
            buffer = new JsonPayloadWriter(context.Format.IsIeee754Compatible);
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

        /// <summary>The row of the same key, if the query keeps it here.</summary>
        public int? FindMatchingRow(Snapshot other, int row) => FindRow(other, row) is >= 0 and var found && matchedRows.Contains(found) ? found : null;

        /// <summary>Whether the entity is there at all, whatever the query says of it.</summary>
        public bool ContainsEntity(Snapshot other, int row) => FindRow(other, row) >= 0;

        /// <summary>Whether a row is shown as that one was: what is computed or expanded is written down to be compared.</summary>
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
