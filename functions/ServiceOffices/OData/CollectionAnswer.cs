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
        if (resource.Form == ValueForm.Count)
        {
            return read.Count(Evaluate(plan, source, served: 0, most: 0, count: true).Total);
        }

        var served = Page.Served(read);
        var window = Evaluate(plan, source, served, Page.Size(read) + 1, query.Count);
        var page = Page.Of(read, (int)(served + window.Rows.Length));
        var shown = window.Rows[..page.Count];
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
            query.Count ? window.Total : null,
            page.NextLink,
            (json, rows) => WriteItems(json, rows, table, shown.Span),
            page.NextLink is null && read.Tracks && resource.Form == ValueForm.Value ? DeltaToken.Link(read) : null);
    }

    private RowPlan Plan(Table table)
    {
        using var step = Traced.Start("plan");
        return new RowPlan(read.Compiler, table, query);
    }

    private Window Evaluate(RowPlan plan, RowRun source, long served, int most, bool count)
    {
        using var step = Traced.Start("evaluate");
        return plan.Page(source, read.Scope, served, most, count);
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

        var outcome = new Aggregation(read.Compiler, read.Scope).Apply(rows.In(source.Table), query.Apply);
        return (outcome.Table, RowRun.Of(outcome));
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
