using System.Buffers;
using ServiceOffices.Evaluation;
using ServiceOffices.Queries;
using ServiceOffices.Tables;

namespace ServiceOffices.OData;

/// <summary>
/// What changed in the answer to a query since an earlier revision (OData 4.01 Part 1, 11.3): the two answers are
/// evaluated and compared, so that whatever the query selects, expands or filters decides what a change is.
/// </summary>
/// <param name="before">The same request over the tables of the revision that the client has.</param>
internal sealed class DeltaAnswer(ReadRequest read, ReadRequest before, ValueResource resource)
{
    public ODataResponse Write()
    {
        using var now = new Side(read, resource);
        using var then = new Side(before, resource);
        var shown = new List<int>();
        foreach (var row in now.Rows)
        {
            if (then.RowLike(now, row) is not { } old || !now.IsShownLike(row, then, old))
            {
                shown.Add(row);
            }
        }

        var removed = then.Rows.Where(row => now.RowLike(then, row) is null).ToArray();
        var total = shown.Count + removed.Length;
        if (resource.Form == ValueForm.Count)
        {
            return read.Count(total);
        }

        var page = Page.Of(read, total);
        return Envelope.Write(
            read,
            ContextUrl.SetOf(resource) + ContextUrl.Selected(read.Url.Query) + "/$delta",
            read.Url.Query.Count ? total : null,
            page.NextLink,
            (json, rows) => WriteItems(json, rows, now, then, [.. shown], removed, page),
            page.NextLink is null ? DeltaToken.Link(read) : null);
    }

    private void WriteItems(JsonOutput json, RowWriter rows, Side now, Side then, int[] shown, int[] removed, Page page)
    {
        json.StartArray();
        for (var place = page.Start; place < page.Start + page.Count; place++)
        {
            if (place < shown.Length)
            {
                rows.WriteObject(now.Projection, shown[place]);
                continue;
            }

            var row = removed[place - shown.Length];
            WriteRemoved(json, before.Urls.Of(then.Table, row), now.HasEntity(then, row) ? "changed" : "deleted");
        }

        json.EndArray();
    }

    private void WriteRemoved(JsonOutput json, string url, string reason)
    {
        json.StartObject();
        if (read.Format.IsVersion401)
        {
            // OData JSON Format 4.01, 15.3.
            json.Name("@removed");
            json.StartObject();
            json.Member("reason", reason);
            json.EndObject();
            json.Member("@id", url);
        }
        else
        {
            // OData JSON Format 4.0, 14.2.
            json.Member("@odata.context", ContextUrl.Of(read.Request.ServiceRoot, resource.Set!.Name + "/$deletedEntity"));
            json.Member("id", url);
            json.Member("reason", reason);
        }

        json.EndObject();
    }

    /// <summary>The answer to the query over one revision.</summary>
    private sealed class Side : IDisposable
    {
        private readonly HashSet<int> matched;
        private readonly JsonOutput room;
        private readonly RowWriter rows;
        private readonly ValueColumn[] key;
        private readonly bool showsColumnsOnly;

        // Two revisions of a set are nearly the same: the row after the last one found is the likeliest.
        private int next;

        public Side(ReadRequest read, ValueResource resource)
        {
            room = new JsonOutput(read.Format.Ieee754Compatible);
            rows = new RowWriter(read, room);
            var source = read.Compiler.Run(resource.Value);
            Table = source.Table;
            Rows = new RowPlan(read.Compiler, Table, read.Url.Query).Match(source.Rows(read.Scope), read.Scope);
            matched = [.. Rows];
            Projection = new Projection(read.Compiler, Table, read.Url.Query);
            showsColumnsOnly = Projection.Items.All(item => item is ColumnItem);
            key = [.. Table.Type.Key.Select(part => (ValueColumn)Table[part])];
        }

        public Table Table { get; }

        public int[] Rows { get; }

        public Projection Projection { get; }

        /// <summary>The row of the same key, if the query keeps it here.</summary>
        public int? RowLike(Side other, int row) => Find(other, row) is >= 0 and var found && matched.Contains(found) ? found : null;

        /// <summary>Whether the entity is there at all, whatever the query says of it.</summary>
        public bool HasEntity(Side other, int row) => Find(other, row) >= 0;

        /// <summary>Whether a row is shown as that one was: what is computed or expanded is written down to be compared.</summary>
        public bool IsShownLike(int row, Side other, int otherRow) =>
            (showsColumnsOnly && Table.SameRow(row, other.Table, otherRow)) || Text(row).SequenceEqual(other.Text(otherRow));

        public void Dispose() => room.Dispose();

        private ReadOnlySpan<byte> Text(int row)
        {
            room.Clear();
            rows.WriteObject(Projection, row);
            var text = room.Content;
            return text.IsSingleSegment ? text.FirstSpan : text.ToArray();
        }

        private int Find(Side other, int row)
        {
            var found = next < Table.Count && HasKeyOf(other, row, next)
                ? next
                : Table.Find([.. other.key.Select(part => part.Boxed(row)!)]);
            next = found + 1;
            return found;
        }

        private bool HasKeyOf(Side other, int row, int own)
        {
            for (var i = 0; i < key.Length; i++)
            {
                if (!key[i].SameValue(own, other.key[i], row))
                {
                    return false;
                }
            }

            return true;
        }
    }
}
