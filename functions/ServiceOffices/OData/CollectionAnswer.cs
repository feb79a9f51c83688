using ServiceOffices.Evaluation;
using ServiceOffices.Queries;
using ServiceOffices.Tables;
using ServiceOffices.Telemetry;

namespace ServiceOffices.OData;

/// <summary>The answer to a request for a collection of entities, its count or its references.</summary>
internal sealed class CollectionAnswer(ReadRequest read, ValueResource resource)
{
    private readonly Query query = read.Url.Query;

    public ODataResponse Write()
    {
        EntityAnswer.RequireKeys(read, resource.Value);
        var (table, source) = Source(read, resource.Value);
        var plan = Plan(table);
        var matches = Evaluate(plan, source);
        if (resource.Form == ValueForm.Count)
        {
            return read.Count(matches.Length);
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

        return Envelope.Write(
            read,
            resource.Form == ValueForm.Reference ? "Collection($ref)" : ContextUrl.SetOf(resource) + ContextUrl.Selected(query),
            query.Count ? matches.Length : null,
            page.NextLink,
            (json, rows) => WriteItems(json, rows, table, shown.Span),
            page.NextLink is null && read.Tracks && resource.Form == ValueForm.Value ? DeltaToken.Link(read) : null);
    }

    private RowPlan Plan(Table table)
    {
        using var step = Traced.Start("plan");
        return new RowPlan(read.Compiler, table, query);
    }

    private int[] Evaluate(RowPlan plan, RowRun source)
    {
        using var step = Traced.Start("evaluate");
        return plan.Match(source, read.Scope);
    }

    /// <summary>The rows that the options after <c>$apply</c> are about.</summary>
    public static (Table Table, RowRun Rows) Source(ReadRequest read, Expression value)
    {
        var query = read.Url.Query;
        var source = read.Compiler.Run(value);
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

    private void WriteItems(JsonOutput json, RowWriter rows, Table table, ReadOnlySpan<int> page)
    {
        if (resource.Form != ValueForm.Reference)
        {
            rows.WriteArray(new Projection(read.Compiler, table, query), page);
            return;
        }

        json.StartArray();
        foreach (var row in page)
        {
            rows.WriteReference(table, row);
        }

        json.EndArray();
    }
}
