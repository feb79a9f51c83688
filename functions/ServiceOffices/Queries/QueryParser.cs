using System.Globalization;
using ServiceOffices.Tables;

namespace ServiceOffices.Queries;

/// <summary>Reads the system query options of one place, the request's own or nested ones, into a <see cref="Query"/> (OData 4.01 Part 2, 5.1).</summary>
internal sealed partial class QueryParser(ParseContext context, ExpressionParser expressions)
{
    /// <summary>The options of the request itself: <c>$it</c> is slot 0.</summary>
    /// <param name="rowType">What the resource is, or what it is a collection of.</param>
    public Query ParseMain(OptionSet options, DataType rowType) => Parse(options, new Variable(0, "$it", rowType), null, 1);

    /// <summary>The options of <c>$all</c>, whose entities have no type in common.</summary>
    public Query ParseRowless(OptionSet options) => Parse(options, null, null, 1);

    /// <summary>Options in parentheses behind a selected or expanded property.</summary>
    /// <param name="expandDepth">The level that <c>$expand</c> among the options stands on.</param>
    private Query ParseNested(OptionSet options, DataType rowType, Scope outer, int expandDepth) =>
        Parse(options, context.NewVariable("$this", rowType), outer, expandDepth);

    private Query Parse(OptionSet options, Variable? row, Scope? outer, int expandDepth)
    {
        if (options.Present == SystemOptions.None)
        {
            return new Query { Row = row, RowType = row?.VariableType as StructuredType };
        }

        IReadOnlyList<Transformation> apply = [];
        IReadOnlyList<ExpandItem> applied = [];
        if (TryOpen(options, SystemOptions.Apply, outer, out var range))
        {
            var steps = new ApplyParser(context, expressions, this);
            apply = steps.Parse(range, (StructuredType)row!.VariableType);
            applied = steps.Expands;

            // Not "with": it would leave the type of the expression as it was.
            row = new Variable(row.Slot, row.Name, apply[^1].Output);
        }

        var scope = new Scope(row, outer, options);

        // Whatever the order of the options, a filter may use what $compute defines.
        if (TryOpen(options, SystemOptions.Compute, outer, out range))
        {
            ParseCompute(range, scope);
        }

        return new Query
        {
            Row = row,
            RowType = scope.RowType,
            Apply = apply,
            Compute = scope.Computed,
            Search = TryOpen(options, SystemOptions.Search, outer, out range) ? SearchParser.Parse(context, range) : null,
            Filter = TryOpen(options, SystemOptions.Filter, outer, out range) ? expressions.ParseCondition(range, scope) : null,
            OrderBy = TryOpen(options, SystemOptions.OrderBy, outer, out range) ? ParseOrderBy(range, scope) : [],
            Skip = TryOpen(options, SystemOptions.Skip, outer, out range) ? ParseWhole(range, "$skip") : null,
            Top = TryOpen(options, SystemOptions.Top, outer, out range) ? ParseWhole(range, "$top") : null,
            Count = TryOpen(options, SystemOptions.Count, outer, out range) && ParseBoolean(range),
            Select = TryOpen(options, SystemOptions.Select, outer, out range) ? ParseSelect(range, scope) : null,
            Expand = TryOpen(options, SystemOptions.Expand, outer, out range) ? [.. applied, .. ParseExpand(range, scope, expandDepth)] : applied,
            SkipToken = options.Text(SystemOptions.SkipToken),
            DeltaToken = options.Text(SystemOptions.DeltaToken),
        };
    }

    // An error names the option of the request in which it is, however deep.
    private bool TryOpen(OptionSet options, SystemOptions option, Scope? outer, out TextRange range)
    {
        if (!options.TryGet(option, out range))
        {
            return false;
        }

        if (outer is null)
        {
            context.Target = SystemOptionNames.NameOf(option);
        }

        return true;
    }

    private void ParseCompute(TextRange range, Scope scope)
    {
        var before = expressions.Open(range, scope);
        do
        {
            var computed = ParseComputed(scope.RowType);
            if (!scope.TryAdd(computed))
            {
                throw Taken(computed.Name);
            }
        }
        while (expressions.Accept(TokenKind.Comma));

        expressions.ExpectEnd();
        expressions.Close(before);
    }

    /// <summary>"expression as name", the name not that of a property that is there already.</summary>
    public ComputedProperty ParseComputed(StructuredType? type)
    {
        var start = expressions.Lexer.Current;
        var expression = expressions.ParseExpression();
        if (expression.Type is not (null or PrimitiveType or EnumType))
        {
            throw context.NotSupportedAt(expressions.Lexer, start, $"only single values are computed, not {expression.Type}");
        }

        return new ComputedProperty(ParseAlias(type), expression);
    }

    /// <summary>"as name".</summary>
    public string ParseAlias(StructuredType? type)
    {
        ref var lexer = ref expressions.Lexer;
        if (!lexer.IsWord("as"))
        {
            throw context.Unexpected(lexer, "an operator or 'as' and a name");
        }

        lexer.Advance();
        var name = lexer.Is(TokenKind.Name) && !lexer.CurrentText.Contains('.')
            ? lexer.CurrentText.ToString()
            : throw context.Unexpected(lexer, "a name of letters, digits and underscores");
        if (type?.Find(name) is not null)
        {
            throw Taken(name);
        }

        lexer.Advance();
        return name;
    }

    public QueryException Taken(string name) =>
        context.Error("DuplicateName", $"{context.Subject}: there is a property '{Names.Clip(name)}' already; a new one needs a name of its own.");

    private OrderItem[] ParseOrderBy(TextRange range, Scope scope)
    {
        var before = expressions.Open(range, scope);
        var items = ParseOrderItems();
        expressions.ExpectEnd();
        expressions.Close(before);
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
                throw context.ErrorAt("TypeMismatch", lexer, start, $"values of type {expression.Type} have no order");
            }

            var descending = lexer.IsWord("desc");
            if (descending || lexer.IsWord("asc"))
            {
                lexer.Advance();
            }

            items.Add(new OrderItem(expression, descending));
            if (items.Count > context.Limits.MaxOrderItems)
            {
                throw context.OverLimit("sort keys", context.Limits.MaxOrderItems, nameof(QueryLimits.MaxOrderItems));
            }
        }
        while (expressions.Accept(TokenKind.Comma));

        return [.. items];
    }

    private long ParseWhole(TextRange range, string option)
    {
        var text = range.Span.Trim();
        return long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            ? number
            : throw context.Error("InvalidOption", $"{option} must be a whole number from 0 to {long.MaxValue.ToString(CultureInfo.InvariantCulture)}; got '{Names.Clip(text)}'.");
    }

    private bool ParseBoolean(TextRange range)
    {
        var text = range.Span.Trim();
        return text.Equals("true", StringComparison.OrdinalIgnoreCase)
            || (!text.Equals("false", StringComparison.OrdinalIgnoreCase)
                ? throw context.Error("InvalidOption", $"$count must be true or false; got '{Names.Clip(text)}'.")
                : false);
    }
}
