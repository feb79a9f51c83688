using System.Globalization;
using ODataEngine.Model;
using ODataEngine.Parsing.Expressions;
using ODataEngine.Parsing.Lexing;
using ODataEngine.Parsing.QueryTree;

namespace ODataEngine.Parsing.Options;

/// <summary>Parses <c>$expand</c> (OData 4.01 Part 2, 5.1.3).</summary>
internal sealed class ExpandParser(ParseContext context, ExpressionParser expressions, QueryOptionParser queries)
{
    private const SystemQueryOptions ReferenceOptions = SystemQueryOptions.CollectionOptions;

    // *($levels=max): all navigation properties of all levels soon cover the whole service, so the limit is two levels.
    private const int MaxStarLevels = 2;

    /// <param name="depth">1 for the request's own <c>$expand</c>.</param>
    /// <param name="applied">The items of <c>expand(…)</c> in <c>$apply</c>, which the result begins with.</param>
    public ExpandItem[] Parse(StringSlice range, NameScope scope, int depth, IReadOnlyList<ExpandItem> applied)
    {
        var saved = expressions.PushInput(range, scope);
        var items = ParseExpandItems(scope, depth, applied);
        expressions.ExpectEnd();
        expressions.PopInput(saved);
        return items;
    }

    private ExpandItem[] ParseExpandItems(NameScope scope, int depth, IReadOnlyList<ExpandItem> applied)
    {
        var type = scope.RowType ?? throw context.Error(ODataErrorCodes.OptionNotAllowed, $"{context.Subject} requires rows with navigation properties.");
        if (depth > context.Limits.MaxExpandDepth)
        {
            throw context.LimitExceeded("levels", context.Limits.MaxExpandDepth, nameof(ODataLimits.MaxExpandDepth));
        }

        var items = new List<ExpandItem>(applied);
        (ExpandKind Form, int Levels)? star = null;
        do
        {
            context.CountNodes();
            ref var lexer = ref expressions.Lexer;
            if (lexer.Is(TokenKind.Star))
            {
                star = star is null ? ParseStar(depth) : throw context.ErrorAt(ODataErrorCodes.DuplicateOption, lexer, lexer.Current, "'*' is specified more than once.");
                continue;
            }

            var start = lexer.Current;
            var item = ParseExpandItem(type, scope, depth);
            if (items.Exists(other => other.Path.SequenceEqual(item.Path)))
            {
                throw context.ErrorAt(ODataErrorCodes.DuplicateOption, lexer, start, $"'{item.Navigation.Name}' is expanded more than once.");
            }

            items.Add(item);
        }
        while (expressions.Accept(TokenKind.Comma));

        if (star is var (kind, levels))
        {
            // Explicitly named properties take precedence over *.
            items.AddRange(CreateStarItems(type, kind, levels).Where(starItem => !items.Exists(item => item.Path.Count == 1 && item.Navigation == starItem.Navigation)).ToList());
        }

        return [.. items];
    }

    private (ExpandKind Form, int Levels) ParseStar(int depth)
    {
        ref var lexer = ref expressions.Lexer;
        lexer.Advance();
        if (expressions.Accept(TokenKind.Slash))
        {
            if (!lexer.IsDollarName("$ref"))
            {
                throw context.UnexpectedToken(lexer, "$ref");
            }

            lexer.Advance();
            return (ExpandKind.References, 1);
        }

        if (!lexer.Is(TokenKind.OpenParenthesis))
        {
            return (ExpandKind.Entities, 1);
        }

        var options = NestedOptionReader.Read(context, ref lexer, SystemQueryOptions.Levels);
        return (ExpandKind.Entities, Math.Min(ParseLevels(options, depth), MaxStarLevels));
    }

    private IEnumerable<ExpandItem> CreateStarItems(StructuredType type, ExpandKind kind, int levels)
    {
        foreach (var property in type.AllProperties)
        {
            if (property is { IsNavigation: true, ElementType: StructuredType target })
            {
                context.CountNodes();
                yield return new ExpandItem([property], kind, new Query
                {
                    Row = context.NewVariable("$this", target),
                    RowType = target,
                    Expand = levels > 1 ? [.. CreateStarItems(target, kind, levels - 1)] : [],
                }, 1) { TypeCast = type.FindDeclaringType(property) is { } declaring && !type.IsOrDerivesFrom(declaring) ? declaring : null };
            }
        }
    }

    private ExpandItem ParseExpandItem(StructuredType type, NameScope scope, int depth)
    {
        const string expected = "a navigation property or '*'";
        var token = expressions.Lexer.Current;
        EnsureExists(type);
        var path = new List<Property> { queries.ParseProperty(type, expected, out var cast) };
        while (!path[^1].IsNavigation)
        {
            type = path[^1].ElementType as StructuredType ?? throw NotExpandable(cast ?? type, path[^1], token);
            if (!expressions.Accept(TokenKind.Slash))
            {
                throw NotExpandable(type, path[^1], token);
            }

            token = expressions.Lexer.Current;
            path.Add(queries.ParseProperty(type, expected));
        }

        return ParseExpandTail(path, scope, depth) with { TypeCast = cast };
    }

    private ExpandItem ParseExpandTail(List<Property> path, NameScope scope, int depth)
    {
        ref var lexer = ref expressions.Lexer;
        var navigation = path[^1];
        var target = (StructuredType)navigation.ElementType;
        var kind = ExpandKind.Entities;
        while (expressions.Accept(TokenKind.Slash))
        {
            var cast = kind == ExpandKind.Entities && lexer.Is(TokenKind.Name) ? NameLookup.FindTypeCast(target, lexer.CurrentText) : null;
            target = cast ?? target;
            kind = lexer switch
            {
                _ when cast is not null => kind,
                _ when kind == ExpandKind.Entities && lexer.IsDollarName("$ref") => ExpandKind.References,
                _ when kind == ExpandKind.Entities && lexer.IsDollarName("$count") && navigation.IsCollection => ExpandKind.Count,
                _ => throw context.ErrorAt(
                    ODataErrorCodes.Syntax, lexer, lexer.Current, $"Expected $ref{(navigation.IsCollection ? " or $count" : "")} after '{navigation.Name}/'. To expand further, use {navigation.Name}($expand=…)."),
            };
            lexer.Advance();
        }

        var options = new QueryOptionSet();
        if (lexer.Is(TokenKind.OpenParenthesis))
        {
            options = NestedOptionReader.Read(context, ref lexer, GetAllowedOptions(kind, navigation));
        }

        var levels = ParseLevels(options, depth);
        context.EnterLevel();
        var query = queries.ParseNested(options, target, scope, depth + 1);
        context.LeaveLevel();
        if (levels > 1 && query.Expand.Any(item => item.Path.Count == 1 && item.Navigation == navigation))
        {
            throw context.Error(ODataErrorCodes.DuplicateOption, $"{context.Subject}: '{navigation.Name}' is already expanded by $levels on every level and cannot be expanded again beside it.");
        }

        return target == navigation.ElementType
            ? new ExpandItem(path, kind, query, levels)
            : new ExpandItem(path, kind, RestrictToType(query, (StructuredType)navigation.ElementType, target), levels) { TargetTypeCast = target };
    }

    // nav/Derived(…): only the related entities of the derived type.
    private Query RestrictToType(Query query, StructuredType declared, StructuredType target)
    {
        if (query.Apply.Count > 0)
        {
            // $apply is evaluated first (OData Data Aggregation 4.0, 3.8).
            var input = context.NewVariable("$it", declared);
            return query with { Apply = [new FilterTransformation(new IsOfExpression(input, target), target, input), .. query.Apply] };
        }

        var isOf = new IsOfExpression(new Variable(query.Row!.Slot, query.Row.Name, declared), target);
        return query with { Filter = query.Filter is null ? isOf : new BinaryExpression(BinaryOperator.And, isOf, query.Filter, PrimitiveType.Boolean) };
    }

    private static SystemQueryOptions GetAllowedOptions(ExpandKind kind, Property navigation) => (kind, navigation.IsCollection) switch
    {
        (ExpandKind.Count, _) => SystemQueryOptions.Filter | SystemQueryOptions.Search,
        (ExpandKind.References, true) => ReferenceOptions,
        (ExpandKind.References, false) => SystemQueryOptions.None,
        (_, true) => SystemQueryOptions.CollectionOptions | SystemQueryOptions.RowShaping | SystemQueryOptions.Apply | SystemQueryOptions.Levels,
        _ => SystemQueryOptions.RowShaping | SystemQueryOptions.Levels,
    };

    private int ParseLevels(QueryOptionSet options, int depth)
    {
        if (!options.TryGet(SystemQueryOptions.Levels, out var range))
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
            throw context.Error(ODataErrorCodes.InvalidOption, $"{context.Subject}: {ODataErrors.InvalidValue("$levels", "a whole number from 1 or max", text)}");
        }

        return depth - 1 + (long)levels <= context.Limits.MaxExpandDepth
            ? levels
            : throw context.LimitExceeded("levels", context.Limits.MaxExpandDepth, nameof(ODataLimits.MaxExpandDepth));
    }

    // The message lists only the properties that can be expanded.
    private void EnsureExists(StructuredType type)
    {
        ref var lexer = ref expressions.Lexer;
        if (!lexer.Is(TokenKind.Name) || NameLookup.FindProperty(type, lexer.CurrentText) is not null || NameLookup.FindTypeCast(type, lexer.CurrentText) is not null)
        {
            return;
        }

        string[] names = [.. type.Properties.Where(property => property.IsNavigation).Select(property => property.Name)];
        var known = names.Length == 0 ? "It has no navigation properties." : ODataErrors.Suggest(lexer.CurrentText, names, "Navigation properties");
        throw context.ErrorAt(
            ODataErrorCodes.UnknownProperty, lexer, lexer.Current, $"{type.DisplayName} has no property '{ODataErrors.Truncate(lexer.CurrentText)}' that can be expanded. {known}");
    }

    private ODataRequestException NotExpandable(StructuredType type, Property property, Token token) => context.ErrorAt(
        ODataErrorCodes.UnknownProperty, expressions.Lexer, token,
        $"'{property.Name}' is not a navigation property. {ODataErrors.Suggest(property.Name, type.Properties.Where(candidate => candidate.IsNavigation).Select(candidate => candidate.Name), "Navigation properties")}");
}
