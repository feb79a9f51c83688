using System.Globalization;
using ODataEngine.Model;
using ODataEngine.Parsing.Apply;
using ODataEngine.Parsing.Expressions;
using ODataEngine.Parsing.Lexing;
using ODataEngine.Parsing.QueryTree;

namespace ODataEngine.Parsing.Options;

/// <summary>Reads the system query options of one place, the request's own or nested ones, into a <see cref="Query"/> (OData 4.01 Part 2, 5.1).</summary>
internal sealed partial class QueryOptionParser(ParseContext context, ExpressionParser expressions)
{
    /// <summary>The options of the request itself: <c>$it</c> is slot 0.</summary>
    /// <param name="rowType">What the resource is, or what it is a collection of.</param>
    public Query ParseRequestOptions(QueryOptionSet options, DataType rowType) => Parse(options, new Variable(0, "$it", rowType), null, 1);

    /// <summary>The options of <c>$all</c>, whose entities have no type in common.</summary>
    public Query ParseWithoutRow(QueryOptionSet options) => Parse(options, null, null, 1);

    /// <summary>Options in parentheses behind a selected or expanded property.</summary>
    /// <param name="expandDepth">The level that <c>$expand</c> among the options stands on.</param>
    private Query ParseNested(QueryOptionSet options, DataType rowType, NameScope outer, int expandDepth) =>
        Parse(options, context.NewVariable("$this", rowType), outer, expandDepth);

    private Query Parse(QueryOptionSet options, Variable? row, NameScope? outer, int expandDepth)
    {
        if (options.Present == SystemQueryOptions.None)
        {
            return new Query { Row = row, RowType = row?.VariableType as StructuredType };
        }

        IReadOnlyList<Transformation> apply = [];
        IReadOnlyList<ExpandItem> applyExpands = [];
        if (TryGetOption(options, SystemQueryOptions.Apply, outer, out var range))
        {
            var applyParser = new ApplyParser(context, expressions, this);
            apply = applyParser.Parse(range, (StructuredType)row!.VariableType);
            applyExpands = applyParser.Expands;

            // Not "with": it would leave the type of the expression as it was.
            row = new Variable(row.Slot, row.Name, apply[^1].Output);
        }

        var scope = new NameScope(row, outer, options);

        // Whatever the order of the options, a filter may use what $compute defines.
        if (TryGetOption(options, SystemQueryOptions.Compute, outer, out range))
        {
            ParseCompute(range, scope);
        }

        return new Query
        {
            Row = row,
            RowType = scope.RowType,
            Apply = apply,
            Compute = scope.Computed,
            Search = TryGetOption(options, SystemQueryOptions.Search, outer, out range) ? SearchParser.Parse(context, range) : null,
            Filter = TryGetOption(options, SystemQueryOptions.Filter, outer, out range) ? expressions.ParseCondition(range, scope) : null,
            OrderBy = TryGetOption(options, SystemQueryOptions.OrderBy, outer, out range) ? ParseOrderBy(range, scope) : [],
            Skip = TryGetOption(options, SystemQueryOptions.Skip, outer, out range) ? ParseWholeNumber(range, "$skip") : null,
            Top = TryGetOption(options, SystemQueryOptions.Top, outer, out range) ? ParseWholeNumber(range, "$top") : null,
            IncludeCount = TryGetOption(options, SystemQueryOptions.Count, outer, out range) && ParseBoolean(range),
            Select = TryGetOption(options, SystemQueryOptions.Select, outer, out range) ? ParseSelect(range, scope) : null,
            Expand = TryGetOption(options, SystemQueryOptions.Expand, outer, out range) ? [.. applyExpands, .. ParseExpand(range, scope, expandDepth)] : applyExpands,
            SkipToken = options.GetString(SystemQueryOptions.SkipToken),
            DeltaToken = options.GetString(SystemQueryOptions.DeltaToken),
        };
    }

    // An error names the option of the request in which it is, however deep.
    private bool TryGetOption(QueryOptionSet options, SystemQueryOptions option, NameScope? outer, out StringSlice range)
    {
        if (!options.TryGet(option, out range))
        {
            return false;
        }

        if (outer is null)
        {
            context.Target = SystemQueryOptionNames.GetName(option);
        }

        return true;
    }

    private void ParseCompute(StringSlice range, NameScope scope)
    {
        var saved = expressions.PushInput(range, scope);
        do
        {
            var computed = ParseComputed(scope.RowType);
            if (!scope.TryAddComputed(computed))
            {
                throw DuplicateName(computed.Name);
            }
        }
        while (expressions.Accept(TokenKind.Comma));

        expressions.ExpectEnd();
        expressions.PopInput(saved);
    }

    /// <summary>"expression as name", the name not that of a property that is there already.</summary>
    public ComputedProperty ParseComputed(StructuredType? type)
    {
        var start = expressions.Lexer.Current;
        var expression = expressions.ParseExpression();
        if (expression.Type is not (null or PrimitiveType or EnumType))
        {
            throw context.NotSupportedAt(expressions.Lexer, start, $"A computed property must be a single value, not {expression.Type.DisplayName}.");
        }

        return new ComputedProperty(ParseAlias(type), expression);
    }

    /// <summary>"as name".</summary>
    public string ParseAlias(StructuredType? type)
    {
        ref var lexer = ref expressions.Lexer;
        if (!lexer.IsKeyword("as"))
        {
            throw context.UnexpectedToken(lexer, "an operator or 'as' and a name");
        }

        lexer.Advance();
        var name = lexer.Is(TokenKind.Name) && !lexer.CurrentText.Contains('.')
            ? lexer.CurrentText.ToString()
            : throw context.UnexpectedToken(lexer, "a name of letters, digits and underscores");
        if (type?.Find(name) is not null)
        {
            throw DuplicateName(name);
        }

        lexer.Advance();
        return name;
    }

    public ODataRequestException DuplicateName(string name) =>
        context.Error(ODataErrorCodes.DuplicateName, $"{context.Subject}: A property '{ODataErrors.Truncate(name)}' already exists; use another name.");

    private OrderItem[] ParseOrderBy(StringSlice range, NameScope scope)
    {
        var saved = expressions.PushInput(range, scope);
        var items = ParseOrderItems();
        expressions.ExpectEnd();
        expressions.PopInput(saved);
        return items;
    }

    /// <summary>Sort keys, as far as they go.</summary>
    public OrderItem[] ParseOrderItems()
    {
        ref var lexer = ref expressions.Lexer;
        var items = new List<OrderItem>();
        do
        {
            var start = lexer.Current;
            var expression = expressions.ParseExpression();
            if (!TypeRules.IsOrdered(expression.Type))
            {
                throw context.ErrorAt(ODataErrorCodes.TypeMismatch, lexer, start, $"Values of type {expression.Type?.DisplayName} have no order.");
            }

            var descending = lexer.IsKeyword("desc");
            if (descending || lexer.IsKeyword("asc"))
            {
                lexer.Advance();
            }

            items.Add(new OrderItem(expression, descending));
            if (items.Count > context.Limits.MaxOrderItems)
            {
                throw context.LimitExceeded("sort keys", context.Limits.MaxOrderItems, nameof(ODataLimits.MaxOrderItems));
            }
        }
        while (expressions.Accept(TokenKind.Comma));

        return [.. items];
    }

    private long ParseWholeNumber(StringSlice range, string option)
    {
        var text = range.Span.Trim();
        return long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            ? number
            : throw context.Error(ODataErrorCodes.InvalidOption, ODataErrors.InvalidValue(option, ODataErrors.WholeNumberRange, text));
    }

    private bool ParseBoolean(StringSlice range)
    {
        var text = range.Span.Trim();
        return text.Equals("true", StringComparison.OrdinalIgnoreCase)
            || (!text.Equals("false", StringComparison.OrdinalIgnoreCase)
                ? throw context.Error(ODataErrorCodes.InvalidOption, ODataErrors.InvalidValue("$count", "true or false", text))
                : false);
    }
}
