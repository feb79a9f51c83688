using System.Text;
using ODataEngine.Execution;
using ODataEngine.Execution.Nodes;
using ODataEngine.Formats;
using ODataEngine.Model;
using ODataEngine.Parsing.Options;
using ODataEngine.Parsing.QueryTree;
using ODataEngine.Protocol.Json;

namespace ODataEngine.Protocol.Responses;

/// <summary>Builds the response to a request for a file: the whole result of the query in a format other than OData JSON.</summary>
internal sealed class FileResponseBuilder(ReadContext context)
{
    // Writing a cell of a file takes about as long as a quarter of a step.
    private const int CellsPerStep = 4;

    private readonly ExportFormat format = context.Format.FileFormat!;
    private readonly Query query = context.Url.Query;

    public ODataResponse Build()
    {
        ValidateOptions();
        if (FindRows() is not var (table, rows))
        {
            // OData 4.01 Part 1, 11.2.4 and 11.2.7: the entity or value is null.
            return context.CreateResponse(204, null, default);
        }

        var limit = context.Options.Limits.MaxExportRows;
        if (rows.Length > limit)
        {
            throw ODataErrors.LimitExceeded($"A file can contain at most {limit} rows (MaxExportRows); this query has {rows.Length}. Use $filter or $top to get fewer.");
        }

        var result = new ResultTableBuilder(context).Build(new RowProjection(context.Compiler, table, query), rows);
        if (format.GetUnsupportedReason(result.Table.Type) is { } typeReason)
        {
            throw new ODataRequestException(406, ODataErrorCodes.NotAcceptable, $"This query's result cannot be written as {format.Name}: {typeReason}", "$format");
        }

        if (format.GetUnsupportedReason(result) is { } rowsReason)
        {
            throw ODataErrors.LimitExceeded($"This query's result cannot be written as {format.Name}: {rowsReason}", "$format");
        }

        // The file is created after the evaluation, while it is sent, but its work counts now: later, it could not be rejected.
        context.Evaluation.Budget.ConsumeSteps(result.Rows.Length, Math.Max(1, result.Table.Type.Properties.Count / CellsPerStep));
        return CreateResponse(result);
    }

    private void ValidateOptions()
    {
        var unsupportedOption = query switch
        {
            { SkipToken: not null } => "$skiptoken",
            { DeltaToken: not null } => "$deltatoken",
            { IncludeCount: true } => "$count",
            _ => null,
        };
        if (unsupportedOption is not null)
        {
            throw ODataErrors.OptionNotAllowed(unsupportedOption, $"{unsupportedOption} is not allowed with a file format, because a file contains the whole result. Remove it, or request JSON.");
        }

        if (context.Format.Language is not null && !format.HasTitles)
        {
            var formatsWithTitles = string.Join(", ", context.Options.FileFormats.Where(file => file.HasTitles).Select(file => file.Name));
            throw ODataErrors.OptionNotAllowed(
                RequestQueryOptions.LanguageOption, $"{RequestQueryOptions.LanguageOption} selects the language of column titles, which {format.Name} does not have. Formats with titles: {formatsWithTitles}.");
        }
    }

    /// <summary>Gets the rows of the file; null if the requested value is null.</summary>
    private (Table Table, ReadOnlyMemory<int> Rows)? FindRows()
    {
        switch (context.Url.Resource)
        {
            case CrossJoinResource join:
                var (product, combinations) = CrossJoinResponseBuilder.GetSource(context, join);
                return ApplyPaging(product, combinations);
            case ValueResource { Value.Type: StructuredType } single:
                EntityResponseBuilder.EnsureKeysExist(context, single.Value);
                context.RejectCollectionOptions();
                var node = context.Compiler.CompileRow(single.Value);
                return node.GetRow(context.Evaluation) is >= 0 and var row ? (node.Table, new[] { row }) : null;
            case var other:
                EntityResponseBuilder.EnsureKeysExist(context, ((ValueResource)other).Value);
                var (table, run) = CollectionResponseBuilder.GetSource(context, ((ValueResource)other).Value);
                return ApplyPaging(table, run);
        }
    }

    private (Table, ReadOnlyMemory<int>) ApplyPaging(Table table, RowRange run)
    {
        var plan = new QueryPlan(context.Compiler, table, query);
        return (table, plan.ApplySkipTop(plan.GetMatches(run, context.Evaluation)));
    }

    private ODataResponse CreateResponse(RowSet result)
    {
        var options = new ExportOptions(GetFileName())
        {
            Title = context.Url.Resource is ValueResource { Value: RootEntitySet root } ? root.EntitySet.Title : null,
            Language = context.Format.Language,
            ServiceRoot = context.Request.ServiceRoot.AbsoluteUri,
            Tables = context.Tables,
        };
        var response = context.CreateResponse(200, context.Format.ContentType, default);
        return response with
        {
            WriteContentAsync = Limit((output, cancellationToken) => format.WriteAsync(result, options, output, cancellationToken)),
            IsCompressed = format.IsCompressed,
            Headers = [.. response.Headers, ("Content-Disposition", $"attachment; filename=\"{options.Name}.{format.Name}\"")],
        };
    }

    private Func<Stream, CancellationToken, Task> Limit(Func<Stream, CancellationToken, Task> writeAsync) =>
        context.Evaluation.Budget.IsExpensive && context.Options.ExpensiveQueries is { } limit
            ? (output, cancellationToken) => output is BufferWriterStream
                ? writeAsync(output, cancellationToken) // Part of the evaluation, which is admitted.
                : AdmittedStream.WriteAsync(writeAsync, output, limit, cancellationToken)
            : writeAsync;

    /// <summary>Gets the name of the entity set, or else the last name in the path, with only ASCII letters, digits, hyphens and underscores.</summary>
    private string GetFileName()
    {
        var name = context.Url.Resource switch
        {
            CrossJoinResource join => string.Join('-', join.EntitySets.Select(set => set.Name)),
            ValueResource { EntitySet: { } set } => set.Name,
            _ => context.Request.Path.TrimEnd('/').Split('/')[^1].Split('(')[0],
        };
        return string.Concat(name.EnumerateRunes().Select(rune => Rune.IsLetterOrDigit(rune) && rune.IsAscii || rune.Value is '-' or '_' ? rune.ToString() : "_"));
    }
}
