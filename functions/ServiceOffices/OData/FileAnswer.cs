using System.Text;
using ServiceOffices.Evaluation;
using ServiceOffices.Queries;
using ServiceOffices.Tables;

namespace ServiceOffices.OData;

/// <summary>The answer to a request for a file: the whole result of the query, in one of the formats that are no OData JSON.</summary>
internal sealed class FileAnswer(ReadRequest read)
{
    private readonly ExportFormat format = read.Format.File!;
    private readonly Query query = read.Url.Query;

    public ODataResponse Write()
    {
        RefuseOptions();
        if (Find() is not var (table, rows))
        {
            // OData 4.01 Part 1, 11.2.3: there is no entity, or the value is null.
            return read.Response(204, null, default);
        }

        var limit = read.Options.Limits.MaxExportRows;
        if (rows.Length > limit)
        {
            throw new QueryException(400, "LimitExceeded", $"A file holds at most {limit} rows (MaxExportRows); this query has {rows.Length}. Ask for fewer by $filter or $top.");
        }

        var result = new ResultTable(read).Of(new Projection(read.Compiler, table, query), rows);
        if (format.WhyNot(result.Table.Type) is { } misfit)
        {
            throw new QueryException(406, "NotAcceptable", $"This query's result cannot be written as {format.Name}: {misfit}", "$format");
        }

        if (format.WhyNot(result) is { } tooMuch)
        {
            throw new QueryException(400, "LimitExceeded", $"This query's result cannot be written as {format.Name}: {tooMuch}", "$format");
        }

        return Response(result);
    }

    private void RefuseOptions()
    {
        var wrong = query switch
        {
            { SkipToken: not null } => "$skiptoken",
            { DeltaToken: not null } => "$deltatoken",
            { Count: true } => "$count",
            _ => null,
        };
        if (wrong is not null)
        {
            throw new QueryException(400, "OptionNotAllowed", $"{wrong} has no place in a file, which is the whole result and nothing else: leave it out, or ask for JSON.", wrong);
        }

        if (read.Format.Language is not null && !format.HasTitles)
        {
            var titled = string.Join(", ", read.Options.Files.Where(file => file.HasTitles).Select(file => file.Name));
            throw new QueryException(
                400, "OptionNotAllowed", $"{RequestOptions.LanguageName} chooses the titles of columns, and {format.Name} has names only; formats with titles are {titled}.", RequestOptions.LanguageName);
        }
    }

    /// <summary>The rows that the file shows; null where what is asked for is null.</summary>
    private (Table Table, ReadOnlyMemory<int> Rows)? Find()
    {
        switch (read.Url.Resource)
        {
            case CrossJoinResource join:
                var product = CrossJoinAnswer.Product(read, join);
                return Cut(product, new RowRun(0, product.Count, null));
            case ValueResource { Value.Type: StructuredType } single:
                EntityAnswer.RequireKeys(read, single.Value);
                read.RefuseCollectionOptions();
                var node = read.Compiler.Row(single.Value);
                return node.Row(read.Scope) is >= 0 and var row ? (node.Table, new[] { row }) : null;
            case var many:
                EntityAnswer.RequireKeys(read, ((ValueResource)many).Value);
                var (table, run) = CollectionAnswer.Source(read, ((ValueResource)many).Value);
                return Cut(table, run);
        }
    }

    private (Table, ReadOnlyMemory<int>) Cut(Table table, RowRun run)
    {
        var plan = new RowPlan(read.Compiler, table, query);
        return (table, plan.Cut(plan.Match(run, read.Scope)));
    }

    private ODataResponse Response(RowSet result)
    {
        var options = new ExportOptions(Name())
        {
            Title = read.Url.Resource is ValueResource { Value: RootSet root } ? root.Set.Title : null,
            Language = read.Format.Language,
            ServiceRoot = read.Request.ServiceRoot.AbsoluteUri,
        };
        var response = read.Response(200, read.Format.ContentType, default);
        return response with
        {
            Write = (output, cancellationToken) => format.WriteAsync(result, options, output, cancellationToken),
            IsCompressed = format.IsCompressed,
            Headers = [.. response.Headers, ("Content-Disposition", $"attachment; filename=\"{options.Name}.{format.Name}\"")],
        };
    }

    /// <summary>The set's name, or else the last name of the path; of letters, digits, hyphens and underscores alone.</summary>
    private string Name()
    {
        var name = read.Url.Resource switch
        {
            CrossJoinResource join => string.Join('-', join.Sets.Select(set => set.Name)),
            ValueResource { Set: { } set } => set.Name,
            _ => read.Request.Path.TrimEnd('/').Split('/')[^1].Split('(')[0],
        };
        return string.Concat(name.EnumerateRunes().Select(one => Rune.IsLetterOrDigit(one) && one.IsAscii || one.Value is '-' or '_' ? one.ToString() : "_"));
    }
}
