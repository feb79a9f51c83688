using ServiceOffices.Indexes;
using ServiceOffices.Queries;
using ServiceOffices.Tables;

namespace ServiceOffices.Evaluation;

/// <summary>Turns bound expressions into nodes over the tables of one publication.</summary>
/// <param name="now">What <c>now()</c> is throughout the request, in UTC.</param>
/// <param name="indexes">What may answer in the place of nodes.</param>
internal sealed partial class Compiler(TableSet tables, int slots, DateTimeOffset now, QueryLimits limits, IndexStore indexes)
{
    private readonly Table?[] tableOfSlot = new Table?[slots];

    public TableSet Tables { get; } = tables;

    public int Slots { get; } = slots;

    /// <summary>Nodes compiled so far; a difference tells how many an evaluation goes through at most, those of loops inside aside.</summary>
    public int Compiled { get; private set; }

    /// <summary>Nodes compiled so far that can fail a request for what stands in one row, as a division can: they are evaluated for every row.</summary>
    public int Fallible { get; private set; }

    public IndexStore Indexes { get; } = indexes;

    /// <summary>The index of a column of a published table; null where there is none, or the table was made by a query.</summary>
    public ColumnIndex? IndexOf(Table table, Column column) => Tables.Holds(table) ? Indexes.Of(column, table.Count) : null;

    /// <summary>Says which table's rows a variable stands for; needed before an expression with it is compiled.</summary>
    public void Bind(Variable variable, Table table) => tableOfSlot[variable.Slot] = table;

    /// <summary>A condition; null counts as not true.</summary>
    public Node<bool> Condition(Expression expression) => Value<bool>(expression);

    /// <summary>A condition for a loop, and how many nodes each turn of it evaluates.</summary>
    public (Node<bool> Node, int Nodes) Weighed(Expression condition)
    {
        var before = Compiled;
        return (Condition(condition), Compiled - before + 1);
    }

    /// <summary>The node of an expression of this CLR type; of the literal null too.</summary>
    public Node<T> Value<T>(Expression expression) => IsNull(expression)
        ? new Null<T>()
        : (Node<T>)Compile(expression);

    /// <summary>The node of a single structured value.</summary>
    public RowNode Row(Expression expression) => expression switch
    {
        Variable variable => new VariableRow(variable.Slot, TableOf(variable)),
        PropertyAccess access => RowOf(access),
        KeyAccess access => KeyOf(access),
        ItemAt item => new ItemRow(Run(item.Collection), item.Index),
        Cast { Target: StructuredType target } cast => new CastRow(Row(cast.Operand), target),
        _ => throw Unsupported(expression),
    };

    /// <summary>The node of a collection that lives in tables.</summary>
    public RunNode Run(Expression expression)
    {
        switch (expression)
        {
            case RootSet root:
                return new AllRows(Tables[root.Set]);
            case PropertyAccess access:
                var source = Row(access.Source);
                return source.Table[access.Property] switch
                {
                    CollectionColumn column => new CollectionRows(source, column),
                    LinkColumn column => new LinkRows(source, column),
                    _ => throw Unsupported(expression),
                };
            case Cast { Target: CollectionType { Element: StructuredType target } } cast:
                return new CastRows(Run(cast.Operand), target);
            case Filtered filtered:
                var rows = Run(filtered.Collection);
                Bind(filtered.Variable, rows.Table);
                var (filter, nodes) = Weighed(filtered.Filter);
                return new FilteredRows(rows, filtered.Variable.Slot, filter, nodes);
            case Flattened flattened:
                var items = Run(flattened.Collection);
                Bind(flattened.Item, items.Table);
                return new FlattenedRows(items, flattened.Item.Slot, Run(flattened.Inner));
            case Call { Function: Function.Substring } slice:
                Fallible++;
                return new SlicedRows(Run(slice.Arguments[0]), AsInt(slice.Arguments[1]), slice.Arguments.Count > 2 ? AsInt(slice.Arguments[2]) : null);
            case Call { Function: Function.Concat } both:
                var (first, second) = (Run(both.Arguments[0]), Run(both.Arguments[1]));
                return first.Table == second.Table ? new JoinedRows(first, second) : throw Unsupported(expression);
            default:
                throw Unsupported(expression);
        }
    }

    /// <summary>The node of a primitive value.</summary>
    public Node Compile(Expression expression)
    {
        Compiled++;
        return NodeOf(expression);
    }

    private Node NodeOf(Expression expression) => expression switch
    {
        _ when IsNull(expression) => new Null<string>(),
        Literal literal => Constant(literal),
        Variable variable => ByKind.Do(variable.VariableType, new Item(variable.Slot, TableOf(variable))),
        PropertyAccess access => ColumnOf(access),
        ComputedAccess access => Compile(access.Property.Expression),
        Unary unary => Compile(unary),
        Binary binary => Compile(binary),
        In list => Compile(list),
        Call call => Compile(call),
        Cast cast => Convert(cast.Operand, cast.Target),
        IsOf test => Compile(test),
        Case branches => ByKind.Do(branches.Type!, new Branches(this, branches)),
        Lambda lambda => Compile(lambda),
        CountOf count => Compile(count),
        _ => throw Unsupported(expression),
    };

    private static QueryException Unsupported(Expression expression) => new(501, "NotSupported",
        $"An expression of this form is not supported here: {expression.GetType().Name} of {expression.Type?.FullName ?? "null"}.");

    private Table TableOf(Variable variable) => tableOfSlot[variable.Slot]
        ?? throw new InvalidOperationException($"The variable {variable.Name} of slot {variable.Slot} is bound to no table.");

    private RowNode RowOf(PropertyAccess access)
    {
        var source = Row(access.Source);
        return source.Table[access.Property] switch
        {
            ComplexColumn column => new ComplexRow(source, column),
            LinkColumn column => new LinkRow(source, column),
            _ => throw Unsupported(access),
        };
    }

    private RowNode KeyOf(KeyAccess access)
    {
        var collection = Run(access.Collection);
        var key = new object[access.Key.Count];
        for (var i = 0; i < key.Length; i++)
        {
            if (access.Key[i] is not Literal { Value: { } value })
            {
                throw new QueryException(400, "Syntax", "A key in an expression must be made of literals.");
            }

            key[i] = value;
        }

        var row = collection.Table.Find(key);
        return collection is AllRows || row < 0 ? new FixedRow(collection.Table, row) : new KeyRow(collection, row);
    }

    private Node ColumnOf(PropertyAccess access)
    {
        if (access.Source is Variable variable)
        {
            return ByKind.Do(access.Property.Type, new AtVariable(variable.Slot, TableOf(variable)[access.Property]));
        }

        var source = Row(access.Source);
        return ByKind.Do(access.Property.Type, new AtRow(source, source.Table[access.Property]));
    }

    private static Node Constant(Literal literal) => literal.Type is null
        ? new Null<string>()
        : ByKind.Do(literal.Type, new Constants(literal.Value));

    private Node Compile(Unary unary) => unary.Operator == UnaryOperator.Not
        ? new NotNode(Condition(unary.Operand))
        : Negate(unary);

    private LambdaNode Compile(Lambda lambda)
    {
        var collection = Run(lambda.Collection);
        if (lambda.Predicate is null)
        {
            return new LambdaNode(collection, 0, null, 1, lambda.IsAll);
        }

        Bind(lambda.Variable!, collection.Table);
        var (predicate, nodes) = Weighed(lambda.Predicate);
        return new LambdaNode(collection, lambda.Variable!.Slot, predicate, nodes, lambda.IsAll);
    }

    private CountNode Compile(CountOf count)
    {
        var collection = Run(count.Collection);
        var search = count.Search is null ? null : SearchMatcher.Over(Tables, collection.Table, count.Search);
        if (count.Filter is null)
        {
            return new CountNode(collection, 0, null, 1, search);
        }

        Bind(count.Variable!, collection.Table);
        var (filter, nodes) = Weighed(count.Filter);
        return new CountNode(collection, count.Variable!.Slot, filter, nodes, search);
    }

    private readonly record struct Constants(object? Value) : ByKind.IWork<Node>
    {
        public Node Do<T>() => Value is null ? new Null<T>() : new Constant<T>((T)Value);
    }

    private readonly record struct Item(int Slot, Table Table) : ByKind.IWork<Node>
    {
        public Node Do<T>() => new VariableColumn<T>(Slot, (ValueColumn<T>)Table[CollectionColumn.ItemName]);
    }

    private readonly record struct AtVariable(int Slot, Column Column) : ByKind.IWork<Node>
    {
        public Node Do<T>() => new VariableColumn<T>(Slot, (ValueColumn<T>)Column);
    }

    private readonly record struct AtRow(RowNode Source, Column Column) : ByKind.IWork<Node>
    {
        public Node Do<T>() => new RowColumn<T>(Source, (ValueColumn<T>)Column);
    }

    private readonly record struct Branches(Compiler Compiler, Case Case) : ByKind.IWork<Node>
    {
        public Node Do<T>()
        {
            var compiler = Compiler;
            return new CaseNode<T>([.. Case.Branches.Select(branch => (compiler.Condition(branch.Condition), compiler.Value<T>(branch.Value)))]);
        }
    }
}
