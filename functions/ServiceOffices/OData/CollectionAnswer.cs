using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.Json;
using ServiceOffices.Evaluation;
using ServiceOffices.Queries;
using ServiceOffices.Tables;

namespace ServiceOffices.OData;

/// <summary>The answer to a request for a collection of entities, its count or its references.</summary>
internal sealed class CollectionAnswer(ReadRequest read, ValueResource resource)
{
    private readonly Query query = read.Url.Query;

    public ODataResponse Write()
    {
        EntityAnswer.RequireKeys(read, resource.Value);
        var (table, rows) = Source();
        var plan = new RowPlan(read.Compiler, table, query);
        var matches = plan.Match(rows, read.Scope);
        if (resource.Form == ValueForm.Count)
        {
            return read.Response(200, "text/plain", Encoding.UTF8.GetBytes(matches.Length.ToString(CultureInfo.InvariantCulture)));
        }

        var left = plan.Cut(matches);
        var page = Page.Of(read, left.Length);
        var shown = left.Slice(page.Start, page.Count);
        if (read.Preferences.TrackChanges && read.Tracks)
        {
            read.Preferences.ApplyTrackChanges();
        }

        if (read.Preferences.OmitNulls)
        {
            read.Preferences.ApplyOmitNulls();
        }

        var body = Envelope.Write(
            read,
            resource.Form == ValueForm.Reference ? "Collection($ref)" : ContextUrl.SetOf(resource) + ContextUrl.Selected(query),
            query.Count ? matches.Length : null,
            page.NextLink,
            output => WriteItems(output, table, shown.Span),
            page.NextLink is null && read.Tracks && resource.Form == ValueForm.Value ? DeltaToken.Link(read) : null);
        return read.Response(200, read.Format.ContentType, body);
    }

    /// <summary>The rows that the options after <c>$apply</c> are about.</summary>
    private (Table Table, RowRun Rows) Source()
    {
        var source = read.Compiler.Run(resource.Value);
        var rows = source.Rows(read.Scope);
        if (query.Apply.Count == 0)
        {
            return (source.Table, rows);
        }

        var input = new int[rows.Count];
        for (var i = 0; i < input.Length; i++)
        {
            input[i] = rows[i];
        }

        var outcome = new Aggregation(read.Compiler, read.Scope).Apply(new RowSet(source.Table, input), query.Apply);
        return (outcome.Table, new RowRun(0, outcome.Rows.Length, outcome.Rows.ToArray()));
    }

    private void WriteItems(ArrayBufferWriter<byte> output, Table table, ReadOnlySpan<int> page)
    {
        if (resource.Form != ValueForm.Reference)
        {
            using var rows = new RowWriter(output, read.Format, read.Preferences.OmitNulls, read.Urls, read.Scope);
            rows.WriteArray(new Projection(read.Compiler, table, query), page);
            return;
        }

        using var json = new Utf8JsonWriter(output, JsonValues.Options);
        json.WriteStartArray();
        foreach (var row in page)
        {
            json.WriteStartObject();
            json.WriteString(read.Format.Prefix + "id", read.Urls.Of(table, row));
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }
}
