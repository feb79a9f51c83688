using ODataEngine.Execution.Filters;
using ODataEngine.Execution.Indexes;
using ODataEngine.Execution.Nodes;
using ODataEngine.Model;
using ODataEngine.Parsing.QueryTree;

namespace ODataEngine.Execution.Compilation;

/// <summary>Turns bound expressions into nodes over the tables of one publication.</summary>
/// <param name="now">What <c>now()</c> is throughout the request, in UTC.</param>
/// <param name="indexes">What may answer in the place of nodes.</param>
internal sealed partial class ExpressionCompiler(TableSet tables, int slots, DateTimeOffset now, ODataLimits limits, IndexCache indexes)
{
    private readonly Table?[] tablesBySlot = new Table?[slots];

    public TableSet Tables { get; } = tables;

    public int Slots { get; } = slots;

    /// <summary>Nodes compiled so far; a difference tells how many an evaluation goes through at most, those of loops inside aside.</summary>
    public int CompiledNodeCount { get; private set; }

    /// <summary>Nodes compiled so far that can fail a request for what stands in one row, as a division can: they are evaluated for every row.</summary>
    public int FallibleNodeCount { get; private set; }

    public IndexCache Indexes { get; } = indexes;

    /// <summary>The index of a column of a published table; null where there is none, or the table was made by a query.</summary>
    public ColumnIndex? FindIndex(Table table, Column column) => Tables.Contains(table) ? Indexes.GetOrCreate(column, table.Count) : null;

    /// <summary>Says which table's rows a variable stands for; needed before an expression with it is compiled.</summary>
    public void Bind(Variable variable, Table table) => tablesBySlot[variable.Slot] = table;

    /// <summary>A condition; null counts as not true.</summary>
    public Node<bool> CompileCondition(Expression expression) => CompileValue<bool>(expression);

    /// <summary>A condition for a loop, and how many nodes each turn of it evaluates.</summary>
    public (Node<bool> Node, int Nodes) CompileLoopCondition(Expression condition)
    {
        var before = CompiledNodeCount;
        return (CompileCondition(condition), CompiledNodeCount - before + 1);
    }

    /// <summary>Compiles a filter, keeping the conditions that <c>and</c> and <c>or</c> combine available one by one.</summary>
    public CompiledCondition CompileFilter(Expression filter)
    {
        var before = CompiledNodeCount;
        if (filter is not BinaryExpression { Operator: BinaryOperator.And or BinaryOperator.Or } binary)
        {
            var condition = CompileCondition(filter);
            return new CompiledCondition(filter, condition, CompiledNodeCount - before + 1, null, null);
        }

        CompiledNodeCount++;
        var (left, right) = (CompileFilter(binary.Left), CompileFilter(binary.Right));
        Node<bool> node = binary.Operator == BinaryOperator.And ? new AndNode(left.Node, right.Node) : new OrNode(left.Node, right.Node);
        return new CompiledCondition(filter, node, CompiledNodeCount - before + 1, left, right);
    }

    /// <summary>The node of an expression of this CLR type; of the literal null too.</summary>
    public Node<T> CompileValue<T>(Expression expression) => IsNull(expression)
        ? new NullNode<T>()
        : (Node<T>)Compile(expression);

    /// <summary>The node of a single structured value.</summary>
    public RowNode CompileRow(Expression expression) => expression switch
    {
        Variable variable => new VariableRowNode(variable.Slot, GetTable(variable)),
        PropertyAccess access => CompileRowAccess(access),
        KeyAccess access => CompileKeyAccess(access),
        ItemAccess item => new IndexedRowNode(CompileCollection(item.Collection), item.Index),
        CastExpression { Target: StructuredType target } cast => new CastRowNode(CompileRow(cast.Operand), target),
        _ => throw Unsupported(expression),
    };

    /// <summary>The node of a collection that lives in tables.</summary>
    public CollectionNode CompileCollection(Expression expression)
    {
        switch (expression)
        {
            case RootEntitySet root:
                return new AllRowsNode(Tables[root.EntitySet]);
            case PropertyAccess access:
                var source = CompileRow(access.Source);
                return source.Table[access.Property] switch
                {
                    CollectionColumn column => new CollectionPropertyNode(source, column),
                    NavigationColumn column => new NavigationCollectionNode(source, column),
                    _ => throw Unsupported(expression),
                };
            case CastExpression { Target: CollectionType { Element: StructuredType target } } cast:
                return new CastCollectionNode(CompileCollection(cast.Operand), target);
            case CollectionFilter filtered:
                var rows = CompileCollection(filtered.Collection);
                Bind(filtered.Variable, rows.Table);
                var (filter, nodes) = CompileLoopCondition(filtered.Filter);
                return new FilteredCollectionNode(rows, filtered.Variable.Slot, filter, nodes);
            case CollectionFlattening flattened:
                var items = CompileCollection(flattened.Collection);
                Bind(flattened.Item, items.Table);
                return new FlattenedCollectionNode(items, flattened.Item.Slot, CompileCollection(flattened.Inner));
            case FunctionCall { Function: CanonicalFunction.Substring } slice:
                FallibleNodeCount++;
                return new SlicedCollectionNode(CompileCollection(slice.Arguments[0]), CompileAsInt32(slice.Arguments[1]), slice.Arguments.Count > 2 ? CompileAsInt32(slice.Arguments[2]) : null);
            case FunctionCall { Function: CanonicalFunction.Concat } both:
                var (first, second) = (CompileCollection(both.Arguments[0]), CompileCollection(both.Arguments[1]));
                return first.Table == second.Table ? new ConcatCollectionNode(first, second) : throw Unsupported(expression);
            default:
                throw Unsupported(expression);
        }
    }

    /// <summary>The node of a primitive value.</summary>
    public Node Compile(Expression expression)
    {
        CompiledNodeCount++;
        return CreateNode(expression);
    }

    private Node CreateNode(Expression expression) => expression switch
    {
        _ when IsNull(expression) => new NullNode<string>(),
        Literal literal => CompileConstant(literal),
        Variable variable => TypeDispatcher.Dispatch(variable.VariableType, new ItemOperation(variable.Slot, GetTable(variable))),
        PropertyAccess access => CompilePropertyAccess(access),
        ComputedAccess access => Compile(access.Property.Expression),
        UnaryExpression unary => Compile(unary),
        BinaryExpression binary => Compile(binary),
        InExpression list => Compile(list),
        FunctionCall call => Compile(call),
        CastExpression cast => CompileConversion(cast.Operand, cast.Target),
        IsOfExpression test => Compile(test),
        CaseExpression branches => TypeDispatcher.Dispatch(branches.Type!, new CaseOperation(this, branches)),
        LambdaExpression lambda => Compile(lambda),
        CountExpression count => Compile(count),
        _ => throw Unsupported(expression),
    };

    private static ODataRequestException Unsupported(Expression expression) => new(501, ODataErrorCodes.NotSupported,
        $"An expression of this form is not supported here: {expression.GetType().Name} of {expression.Type?.FullName ?? "null"}.");

    private Table GetTable(Variable variable) => tablesBySlot[variable.Slot]
        ?? throw new InvalidOperationException($"The variable {variable.Name} of slot {variable.Slot} is bound to no table.");

    private RowNode CompileRowAccess(PropertyAccess access)
    {
        var source = CompileRow(access.Source);
        return source.Table[access.Property] switch
        {
            ComplexColumn column => new ComplexRowNode(source, column),
            NavigationColumn column => new NavigationRowNode(source, column),
            _ => throw Unsupported(access),
        };
    }

    private RowNode CompileKeyAccess(KeyAccess access)
    {
        var collection = CompileCollection(access.Collection);
        var key = new object[access.Key.Count];
        for (var i = 0; i < key.Length; i++)
        {
            if (access.Key[i] is not Literal { Value: { } value })
            {
                throw new ODataRequestException(400, ODataErrorCodes.Syntax, "A key in an expression must be made of literals.");
            }

            key[i] = value;
        }

        var row = collection.Table.FindRow(key);
        return collection is AllRowsNode || row < 0 ? new FixedRowNode(collection.Table, row) : new KeyRowNode(collection, row);
    }

    private Node CompilePropertyAccess(PropertyAccess access)
    {
        if (access.Source is Variable variable)
        {
            return TypeDispatcher.Dispatch(access.Property.Type, new VariableColumnOperation(variable.Slot, GetTable(variable)[access.Property]));
        }

        var source = CompileRow(access.Source);
        return TypeDispatcher.Dispatch(access.Property.Type, new RowColumnOperation(source, source.Table[access.Property]));
    }

    private static Node CompileConstant(Literal literal) => literal.Type is null
        ? new NullNode<string>()
        : TypeDispatcher.Dispatch(literal.Type, new ConstantOperation(literal.Value));

    private Node Compile(UnaryExpression unary) => unary.Operator == UnaryOperator.Not
        ? new NotNode(CompileCondition(unary.Operand))
        : CompileNegation(unary);

    private LambdaNode Compile(LambdaExpression lambda)
    {
        var collection = CompileCollection(lambda.Collection);
        if (lambda.Predicate is null)
        {
            return new LambdaNode(collection, 0, null, 1, lambda.IsAll);
        }

        Bind(lambda.Variable!, collection.Table);
        var (predicate, nodes) = CompileLoopCondition(lambda.Predicate);
        return new LambdaNode(collection, lambda.Variable!.Slot, predicate, nodes, lambda.IsAll);
    }

    private CountNode Compile(CountExpression count)
    {
        var collection = CompileCollection(count.Collection);
        var search = count.Search is null ? null : SearchMatcher.Create(Tables, collection.Table, count.Search);
        if (count.Filter is null)
        {
            return new CountNode(collection, 0, null, 1, search);
        }

        Bind(count.Variable!, collection.Table);
        var (filter, nodes) = CompileLoopCondition(count.Filter);
        return new CountNode(collection, count.Variable!.Slot, filter, nodes, search);
    }

    private readonly record struct ConstantOperation(object? Value) : TypeDispatcher.ITypedOperation<Node>
    {
        public Node Invoke<T>() => Value is null ? new NullNode<T>() : new ConstantNode<T>((T)Value);
    }

    private readonly record struct ItemOperation(int Slot, Table Table) : TypeDispatcher.ITypedOperation<Node>
    {
        public Node Invoke<T>() => new VariableColumnNode<T>(Slot, (ValueColumn<T>)Table[CollectionColumn.ItemName]);
    }

    private readonly record struct VariableColumnOperation(int Slot, Column Column) : TypeDispatcher.ITypedOperation<Node>
    {
        public Node Invoke<T>() => new VariableColumnNode<T>(Slot, (ValueColumn<T>)Column);
    }

    private readonly record struct RowColumnOperation(RowNode Source, Column Column) : TypeDispatcher.ITypedOperation<Node>
    {
        public Node Invoke<T>() => new RowColumnNode<T>(Source, (ValueColumn<T>)Column);
    }

    private readonly record struct CaseOperation(ExpressionCompiler Compiler, CaseExpression Case) : TypeDispatcher.ITypedOperation<Node>
    {
        public Node Invoke<T>()
        {
            var compiler = Compiler;
            return new CaseNode<T>([.. Case.Branches.Select(branch => (compiler.CompileCondition(branch.Condition), compiler.CompileValue<T>(branch.Value)))]);
        }
    }
}

/// <summary>A filter with its node, and those of both operands where it is an <c>and</c> or an <c>or</c>.</summary>
/// <param name="NodeCount">The number of nodes evaluated per row.</param>
internal sealed record CompiledCondition(Expression Expression, Node<bool> Node, int NodeCount, CompiledCondition? Left, CompiledCondition? Right);
