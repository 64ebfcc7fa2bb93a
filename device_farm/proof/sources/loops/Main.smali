# Asks again three seconds after each refusal, and goes on when Android shows its dialog no more.
.class public Lorg/apprights/proof/loops/Main;
.super Lorg/apprights/proof/Screen;

.method public constructor <init>()V
    .locals 0
    invoke-direct {p0}, Lorg/apprights/proof/Screen;-><init>()V
    return-void
.end method

.method protected onCreate(Landroid/os/Bundle;)V
    .locals 2
    invoke-super {p0, p1}, Landroid/app/Activity;->onCreate(Landroid/os/Bundle;)V
    const-string v0, "\u9996\u9875"
    const-string v1, "\u5185\u5bb9"
    invoke-virtual {p0, v0, v1}, Lorg/apprights/proof/Screen;->page(Ljava/lang/String;Ljava/lang/String;)Landroid/view/View;
    move-result-object v0
    invoke-virtual {p0, v0}, Landroid/app/Activity;->setContentView(Landroid/view/View;)V
    const-string v0, "android.permission.CAMERA"
    invoke-virtual {p0, v0}, Lorg/apprights/proof/Screen;->ask(Ljava/lang/String;)V
    return-void
.end method

.method public onRequestPermissionsResult(I[Ljava/lang/String;[I)V
    .locals 3
    invoke-super {p0, p1, p2, p3}, Landroid/app/Activity;->onRequestPermissionsResult(I[Ljava/lang/String;[I)V
    array-length v0, p3
    if-eqz v0, :end
    const/4 v0, 0x0
    aget v0, p3, v0
    if-eqz v0, :end
    const-wide/16 v0, 0xbb8
    invoke-virtual {p0, v0, v1}, Lorg/apprights/proof/Screen;->later(J)V
    :end
    return-void
.end method

.method public run()V
    .locals 1
    const-string v0, "android.permission.CAMERA"
    invoke-virtual {p0, v0}, Lorg/apprights/proof/Screen;->ask(Ljava/lang/String;)V
    return-void
.end method
