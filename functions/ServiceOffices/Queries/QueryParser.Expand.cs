using System.Globalization;
using ServiceOffices.Tables;

namespace ServiceOffices.Queries;

// $expand (OData 4.01 Part 2, 5.1.3).
internal sealed partial class QueryParser
{
    private const SystemOptions ReferenceOptions = SystemOptions.Items;

    // *($levels=max): everything that everything leads to soon is the whole service, so two levels are the most.
    private const int MostStarLevels = 2;

    /// <param name="depth">1 for the request's own <c>$expand</c>.</param>
    public ExpandItem[] ParseExpand(TextRange range, Scope scope, int depth)
    {
        var before = expressions.Open(range, scope);
        var items = ParseExpandItems(scope, depth);
        expressions.ExpectEnd();
        expressions.Close(before);
        return items;
    }

    private ExpandItem[] ParseExpandItems(Scope scope, int depth)
    {
        var type = scope.RowType ?? throw context.Error("OptionNotAllowed", $"{context.Subject}: there is nothing to expand.");
        if (depth > context.Limits.MaxExpandDepth)
        {
            throw context.OverLimit("levels", context.Limits.MaxExpandDepth, nameof(QueryLimits.MaxExpandDepth));
        }

        var items = new List<ExpandItem>();
        (ExpandForm Form, int Levels)? star = null;
        do
        {
            context.CountNode();
            ref var lexer = ref expressions.Lexer;
            if (lexer.Is(TokenKind.Star))
            {
                star = star is null ? ParseStar(depth) : throw context.ErrorAt("DuplicateOption", lexer, lexer.Current, "'*' is there twice");
                continue;
            }

            var start = lexer.Current;
            var item = ParseExpandItem(type, scope, depth);
            if (items.Exists(other => other.Path.SequenceEqual(item.Path)))
            {
                throw context.ErrorAt("DuplicateOption", lexer, start, $"'{item.Navigation.Name}' is expanded twice");
            }

            items.Add(item);
        }
        while (expressions.Accept(TokenKind.Comma));

        if (star is var (form, levels))
        {
            // What is named on its own takes precedence.
            items.AddRange(StarItems(type, form, levels).Where(all => !items.Exists(item => item.Path.Count == 1 && item.Navigation == all.Navigation)).ToList());
        }

        return [.. items];
    }

    private (ExpandForm Form, int Levels) ParseStar(int depth)
    {
        ref var lexer = ref expressions.Lexer;
        lexer.Advance();
        if (expressions.Accept(TokenKind.Slash))
        {
            if (!lexer.IsDollar("$ref"))
            {
                throw context.Unexpected(lexer, "$ref");
            }

            lexer.Advance();
            return (ExpandForm.References, 1);
        }

        if (!lexer.Is(TokenKind.Open))
        {
            return (ExpandForm.Entities, 1);
        }

        var options = NestedOptions.Read(context, ref lexer, SystemOptions.Levels);
        return (ExpandForm.Entities, Math.Min(ParseLevels(options, depth), MostStarLevels));
    }

    private IEnumerable<ExpandItem> StarItems(StructuredType type, ExpandForm form, int levels)
    {
        foreach (var property in type.AllProperties)
        {
            if (property is { IsNavigation: true, ElementType: StructuredType target })
            {
                context.CountNode();
                yield return new ExpandItem([property], form, new Query
                {
                    Row = context.NewVariable("$this", target),
                    RowType = target,
                    Expand = levels > 1 ? [.. StarItems(target, form, levels - 1)] : [],
                }, 1) { Cast = type.DeclaringType(property) is { } declaring && !type.Is(declaring) ? declaring : null };
            }
        }
    }

    private ExpandItem ParseExpandItem(StructuredType type, Scope scope, int depth)
    {
        const string expected = "a navigation property or '*'";
        var token = expressions.Lexer.Current;
        var path = new List<Property> { ParseProperty(type, expected, out var cast) };
        while (!path[^1].IsNavigation)
        {
            type = path[^1].ElementType as StructuredType ?? throw NotExpandable(cast ?? type, path[^1], token);
            if (!expressions.Accept(TokenKind.Slash))
            {
                throw NotExpandable(type, path[^1], token);
            }

            token = expressions.Lexer.Current;
            path.Add(ParseProperty(type, expected));
        }

        return ParseExpandTail(path, scope, depth) with { Cast = cast };
    }

    private ExpandItem ParseExpandTail(List<Property> path, Scope scope, int depth)
    {
        ref var lexer = ref expressions.Lexer;
        var navigation = path[^1];
        var target = (StructuredType)navigation.ElementType;
        var form = ExpandForm.Entities;
        while (expressions.Accept(TokenKind.Slash))
        {
            var cast = form == ExpandForm.Entities && lexer.Is(TokenKind.Name) ? Names.Cast(target, lexer.CurrentText) : null;
            target = cast ?? target;
            form = lexer switch
            {
                _ when cast is not null => form,
                _ when form == ExpandForm.Entities && lexer.IsDollar("$ref") => ExpandForm.References,
                _ when form == ExpandForm.Entities && lexer.IsDollar("$count") && navigation.IsCollection => ExpandForm.Count,
                _ => throw context.ErrorAt(
                    "Syntax", lexer, lexer.Current, $"expected $ref{(navigation.IsCollection ? " or $count" : "")} behind '{navigation.Name}/'",
                    $"to expand further: {navigation.Name}($expand=…)"),
            };
            lexer.Advance();
        }

        var options = new OptionSet();
        if (lexer.Is(TokenKind.Open))
        {
            options = NestedOptions.Read(context, ref lexer, OptionsOf(form, navigation));
        }

        var levels = ParseLevels(options, depth);
        context.Enter();
        var query = ParseNested(options, target, scope, depth + 1);
        context.Leave();
        if (levels > 1 && query.Expand.Any(item => item.Path.Count == 1 && item.Navigation == navigation))
        {
            throw context.Error("DuplicateOption", $"{context.Subject}: '{navigation.Name}' is expanded by $levels on every level; it cannot stand in the $expand beside it too.");
        }

        return target == navigation.ElementType
            ? new ExpandItem(path, form, query, levels)
            : new ExpandItem(path, form, Only(query, (StructuredType)navigation.ElementType, target), levels) { TargetCast = target };
    }

    // nav/Derived(…): of what the property leads to, the entities of that type.
    private static Query Only(Query query, StructuredType declared, StructuredType target)
    {
        var isOf = new IsOf(new Variable(query.Row!.Slot, query.Row.Name, declared), target);
        return query with { Filter = query.Filter is null ? isOf : new Binary(BinaryOperator.And, isOf, query.Filter, PrimitiveType.Boolean) };
    }

    private static SystemOptions OptionsOf(ExpandForm form, Property navigation) => (form, navigation.IsCollection) switch
    {
        (ExpandForm.Count, _) => SystemOptions.Filter | SystemOptions.Search,
        (ExpandForm.References, true) => ReferenceOptions,
        (ExpandForm.References, false) => SystemOptions.None,
        (_, true) => SystemOptions.Items | SystemOptions.Shape | SystemOptions.Apply | SystemOptions.Levels,
        _ => SystemOptions.Shape | SystemOptions.Levels,
    };

    private int ParseLevels(OptionSet options, int depth)
    {
        if (!options.TryGet(SystemOptions.Levels, out var range))
        {
            return 1;
        }

        var text = range.Span.Trim();
        if (text.Equals("max", StringComparison.OrdinalIgnoreCase))
        {
            return context.Limits.MaxExpandDepth - depth + 1;
        }

        if (!int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var levels) || levels < 1)
        {
            throw context.Error("InvalidOption", $"{context.Subject}: $levels must be a whole number from 1 or max; got '{Names.Clip(text)}'.");
        }

        return depth - 1 + (long)levels <= context.Limits.MaxExpandDepth
            ? levels
            : throw context.OverLimit("levels", context.Limits.MaxExpandDepth, nameof(QueryLimits.MaxExpandDepth));
    }

    private QueryException NotExpandable(StructuredType type, Property property, Token token) => context.ErrorAt(
        "UnknownProperty", expressions.Lexer, token, $"'{property.Name}' is no navigation property",
        Names.Hint(property.Name, type.Properties.Where(candidate => candidate.IsNavigation).Select(candidate => candidate.Name), "navigation properties"));
}
